"""House rules that no compiler checks.

Each rule module has check(tree) -> list of Finding; a finding says what to write instead.
tests/tidy/tidy_test.py shows, for each rule, a sample that passes and one that is refused.
"""
