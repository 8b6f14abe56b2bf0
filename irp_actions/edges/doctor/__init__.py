"""The doctor tests on a real repository what no document settles about GitHub, and says what that means.

Each examination is one function, registered under its own name by `@examination`; what it saw and what that means
stands under the same name in `templates/doctor_words.md.j2`.
"""
