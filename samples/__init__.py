"""The sample articles and the gold annotations, read as ``kg.samples_files``."""
