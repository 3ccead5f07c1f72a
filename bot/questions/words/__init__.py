"""A text → its words → items, with the vocabulary of the domain and of the list itself."""
