"""Which clients: the rules that take conditions from the items of a question."""
