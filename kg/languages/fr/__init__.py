"""Data of French; see ``kg.languages``."""
