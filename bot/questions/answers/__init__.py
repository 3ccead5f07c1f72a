"""A question and the clients → its answer in figures."""
