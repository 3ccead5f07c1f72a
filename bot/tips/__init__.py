"""The monthly tip: the library, which tip an office gets, and how it reads."""
