"""People who ask an archive without pause while a crawl writes it."""
import subprocess
import threading
from pathlib import Path

from measure import Failed, pinned
from truth import boardwalk_posts, inventions


class Readers:
    """Verifies, queries and exports the archive in turn on this core, from when it is there to the end of the block, and
    holds every answer against the truth: what is there must be right, though not all is there yet."""

    def __init__(self, program, archive, core, truth):
        self._program, self._archive, self._core, self._truth = program, Path(archive), core, truth
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work)
        self._failure = None
        self.answers = 0

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, kind, *_):
        self._ended.set()
        self._thread.join()
        if self._failure and kind is None:
            raise self._failure

    def _work(self):
        try:
            while not (self._archive / 'LAYOUT').exists() and not self._ended.wait(0.02):
                pass
            while not self._ended.is_set():
                self._read()
        except Exception as failure:  # told where the block ends
            self._failure = failure

    def _read(self):
        posts = self._archive.parent / 'read.jsonl'
        self._ask('verify')
        self._ask('query', 'posts', '--sort', 'newest', '--limit', '100')
        self._ask('export', 'jsonl', '--with-duplicates', '--output', posts)
        wrong = inventions(self._truth, boardwalk_posts(posts))
        if wrong:
            raise Failed('\n'.join(['an export beside the crawl has wrong posts', *wrong[:10]]))

    def _ask(self, *words):
        whole = pinned(self._core, [self._program, *words, '--archive', self._archive])
        done = subprocess.run(whole, capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f'{" ".join(map(str, words))} beside the crawl ended with {done.returncode}:\n{done.stderr[-2000:]}')
        self.answers += 1
