"""Where platforms stand on AI: dated events, corrections, and the words for them."""
