"""What is known of names in each language, for the stages that find them and tell whose they are."""
