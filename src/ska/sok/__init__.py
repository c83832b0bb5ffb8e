"""The search's index: what stands on the pages, made findable. docs/skript/ searches it.

All that depends on the question — inflection, compounds, slips of the finger — is settled when
someone searches. What is settled here is which words a page holds, and how much each says of it.
"""
