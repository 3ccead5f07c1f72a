"""Free questions in Dutch and English about the own figures, read by a grammar: no language model.

text → tokens → items → questions → answer; the vocabulary is that of the domain together with the
headings and values of the list itself.
"""
