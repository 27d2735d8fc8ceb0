"""Something that stays open until somebody closes it: the mirror of core/runtime/stream.h."""
import asyncio


class Stream:
    """Opened when it is made, closed by aclose() and by nothing else.  `closing`: how long that takes, in seconds."""

    def __init__(self, name, closing=0):
        self.name, self.closing, self.is_open = name, closing, True

    async def aclose(self):
        """Says goodbye, which takes a while, and closes.  Interrupted, it stays open.  Closing twice is harmless."""
        if self.is_open and self.closing > 0:
            await asyncio.sleep(self.closing)
        self.is_open = False
