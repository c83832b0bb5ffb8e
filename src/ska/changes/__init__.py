"""What differs between two plans: facts first, their weight and consequences, words last."""
