"""The plan's past as git holds it: what each commit and each edition changed."""
