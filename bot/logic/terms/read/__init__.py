"""What a sentence of terms lets somebody do with music and AI."""
