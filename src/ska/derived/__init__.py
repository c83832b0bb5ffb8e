"""What follows from the facts: who answers, the working year, what is reached and met."""
