"""The mirror of core/runtime/cell.h: a variable that tasks share.

In a program of yours it is a plain variable; here reading and writing it are two visible calls.
"""


class Cell:
    def __init__(self, value=None, name="cell"):
        self.value, self.name = value, name

    def read(self):
        return self.value

    def write(self, value):
        self.value = value
