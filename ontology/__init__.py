"""Ontology files, installed as the package ``kg.ontology_files``; there is no code here."""
