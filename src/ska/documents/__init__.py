"""The plan and its changes as PDF, to be kept: PDF/A-2a and PDF/UA-1."""
