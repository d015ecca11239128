"""The verbs that await: gather facts, call one pure decision, write what it came to. Each is safe to run again."""
