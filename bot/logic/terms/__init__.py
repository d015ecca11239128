"""Terms of service: sentences, what they let somebody do with music and AI, and what changed between two versions."""
