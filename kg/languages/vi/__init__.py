"""Data of Vietnamese; see ``kg.languages``."""
