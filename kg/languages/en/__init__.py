"""Data of English; see ``kg.languages``."""
