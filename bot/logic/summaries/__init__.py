"""What a reader is told of a story: sentences, quotations, days, and the check of a model that words them."""
