"""What is asked of them: figures, groups, comparisons, *what if*, or an answer that the bot has."""
