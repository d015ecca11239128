"""Where judgement is measured and fitted: labels, scores, weights. For the command line only."""
