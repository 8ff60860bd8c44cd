"""Official files that a user holds become code sets in the user's data folder.

`kind` says what a format declares, one module each describes a family of files, `kinds` lists
them all, `files` opens plain, gzip and zip files, and `run` imports.
"""
