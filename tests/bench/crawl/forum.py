"""forum.py DIR [--pages N] [--seed N]: writes a Discuz! X3.4 forum of exactly N pages: DIR/html with every page plain and
gzipped, DIR/truth.tsv with what each post is (see truth.py), DIR/site.json with the counts and a digest of all pages.
Equal arguments give equal bytes. DIR gets its name when it is whole; one that is there already is replaced."""
import argparse
import gzip
import hashlib
import json
import multiprocessing
import random
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

from template import board_href, board_page, index_page, thread_href
from thread_page import thread_page
from truth import truth_line
from words import SHORT_REPLIES, Words

POSTS_A_PAGE = 10
THREADS_A_PAGE = 25
LONGEST = 40  # pages of a thread, the last one aside, which takes what is left
MEMBERS = 30000
OPENED = 1500000000
LEAST_PAGES = 10


@dataclass
class Thread:
    tid: int
    fid: int
    title: str
    posts: int
    author: int
    author_name: str
    first_at: int

    @property
    def pages(self):
        return -(-self.posts // POSTS_A_PAGE)


@dataclass
class Paragraph:
    pieces: list  # pairs of kind (words, bold, colour, link) and text
    smiley: int = 0


@dataclass
class Post:
    pid: int
    tid: int
    floor: int
    author: int
    author_name: str
    at: int
    paragraphs: list
    quoted: Optional['Post'] = None
    edited_at: int = 0
    pictures: int = 0
    signature: str = ''
    comments: list = field(default_factory=list)
    ratings: list = field(default_factory=list)

    def text(self):
        return '\n'.join(''.join(text for _, text in paragraph.pieces) for paragraph in self.paragraphs)

    @property
    def excerpt(self):
        return self.paragraphs[0].pieces[0][1][:80]


class Forum:
    """Which boards and threads there are, and what is said in them."""

    def __init__(self, seed, pages):
        self.seed = seed
        self.words = Words(seed)
        dice = random.Random(f'{seed} forum')
        count = max(2, min(40, pages // 300))
        self.boards = [(2 + 3 * number, self.words.run(dice, 3)) for number in range(count)]
        self.threads = {fid: [] for fid, _ in self.boards}
        self._plan(dice, pages - 1 - count)

    def board_pages(self, fid):
        return max(1, -(-len(self.threads[fid]) // THREADS_A_PAGE))

    def all_threads(self):
        return [thread for fid, _ in self.boards for thread in self.threads[fid]]

    def counts(self):
        return {fid: (len(threads), sum(thread.posts for thread in threads)) for fid, threads in self.threads.items()}

    def name_of(self, uid):
        dice = random.Random(f'{self.seed} member {uid}')
        return self.words.name(dice) + (str(uid) if uid % 3 else '')

    def _plan(self, dice, left):
        tid = 1000
        while left > 0:
            fid = self.boards[int(dice.random() ** 1.5 * len(self.boards))][0]
            tid += dice.randint(1, 9)
            thread = self._thread(dice, fid, tid, min(LONGEST, left))
            rows = len(self.threads[fid])
            cost = thread.pages + (1 if rows and rows % THREADS_A_PAGE == 0 else 0)
            if cost > left:  # no room for another page of the board
                last.posts += left * POSTS_A_PAGE
                break
            self.threads[fid].append(thread)
            left -= cost
            last = thread

    def _thread(self, dice, fid, tid, longest):
        kind = dice.random()
        if kind < 0.45:
            full = 0
        elif kind < 0.8:
            full = dice.randint(1, 3)
        else:
            full = int(dice.paretovariate(1.1) * 4)
        author = dice.randint(1, MEMBERS)
        return Thread(tid, fid, self.words.title(dice), min(full, longest - 1) * POSTS_A_PAGE + dice.randint(5, POSTS_A_PAGE), author,
                      self.name_of(author), OPENED + tid * 3000)

    def posts(self, thread):
        dice = random.Random(f'{self.seed} thread {thread.tid}')
        said, at = [], thread.first_at
        for floor in range(1, thread.posts + 1):
            uid = thread.author if floor == 1 or dice.random() < 0.1 else dice.randint(1, MEMBERS)
            post = Post(thread.tid * 1000 + floor, thread.tid, floor, uid, self.name_of(uid), at,
                        self._paragraphs(dice, floor))
            self._dress(dice, post, said)
            said.append(post)
            at += dice.randint(20, 40000)
        return said

    def _paragraphs(self, dice, floor):
        if floor > 1 and dice.random() < 0.06:
            return [Paragraph([('words', dice.choice(SHORT_REPLIES))])]
        return [self._paragraph(dice) for _ in range(dice.randint(1, 5))]

    def _paragraph(self, dice):
        pieces = [('words', self.words.paragraph(dice))]
        if dice.random() < 0.15:
            pieces.append((dice.choice(('bold', 'colour', 'link')), self.words.run(dice, 3)))
            pieces.append(('words', self.words.sentence(dice)))
        return Paragraph(pieces, dice.randint(1, 40) if dice.random() < 0.1 else 0)

    def _dress(self, dice, post, said):
        if said and dice.random() < 0.3:
            post.quoted = dice.choice(said)
        if dice.random() < 0.08:
            post.edited_at = post.at + dice.randint(60, 9000)
        if dice.random() < 0.12:
            post.pictures = dice.randint(1, 3)
        if post.author % 2:
            post.signature = self.words.sentence(random.Random(f'{self.seed} signature {post.author}'))
        if dice.random() < 0.08:
            post.comments = self._voices(dice)
        if dice.random() < 0.08:
            post.ratings = self._voices(dice)

    def _voices(self, dice):
        uids = dice.sample(range(1, MEMBERS + 1), dice.randint(1, 4))
        return [(uid, self.name_of(uid), self.words.run(dice, 5)) for uid in uids]


class Writer:
    """Writes pages into a folder; counts them and their bytes."""

    def __init__(self, folder):
        self._folder = folder
        self.digests = {}  # of each page's bytes, by its name
        self.bytes = self.gzip_bytes = 0

    def write(self, name, page):
        plain = page.encode()
        packed = gzip.compress(plain, 6, mtime=0)
        (self._folder / name).write_bytes(plain)
        (self._folder / (name + '.gz')).write_bytes(packed)
        self.digests[name] = hashlib.sha256(plain).hexdigest()
        self.bytes += len(plain)
        self.gzip_bytes += len(packed)

    def add(self, other):
        self.digests.update(other.digests)
        self.bytes += other.bytes
        self.gzip_bytes += other.gzip_bytes


worker = {}  # the forum and the folder of this process


def start_worker(seed, pages, folder):
    worker.update(forum=Forum(seed, pages), folder=folder)


def write_thread(thread):
    forum, writer = worker['forum'], Writer(worker['folder'])
    board = next(board for board in forum.boards if board[0] == thread.fid)
    posts = forum.posts(thread)
    for page in range(1, thread.pages + 1):
        shown = posts[(page - 1) * POSTS_A_PAGE:page * POSTS_A_PAGE]
        writer.write(thread_href(thread.tid, page), thread_page(forum.boards, board, thread, page, shown))
    return writer, [truth_line(post) for post in posts]


def write_listings(forum, writer):
    writer.write('index.html', index_page(forum.boards, forum.counts()))
    for board in forum.boards:
        threads, pages = forum.threads[board[0]], forum.board_pages(board[0])
        for page in range(1, pages + 1):
            shown = threads[(page - 1) * THREADS_A_PAGE:page * THREADS_A_PAGE]
            writer.write(board_href(board[0], page), board_page(forum.boards, board, page, pages, shown))


def write_forum(folder, seed, pages):
    html = folder / 'html'
    html.mkdir(parents=True)
    (html / 'robots.txt').write_text('User-agent: *\nDisallow: /admin.php\n', encoding='utf-8')
    forum, listings, threads = Forum(seed, pages), Writer(html), Writer(html)
    write_listings(forum, listings)
    with open(folder / 'truth.tsv', 'w', encoding='utf-8') as truth, \
            multiprocessing.Pool(None, start_worker, (seed, pages, html)) as pool:
        for written, lines in pool.imap(write_thread, forum.all_threads(), chunksize=8):
            threads.add(written)
            truth.writelines(lines)
    return facts(forum, listings, threads)


def facts(forum, listings, threads):
    every = {**listings.digests, **threads.digests}
    names = ''.join(f'{name} {digest}\n' for name, digest in sorted(every.items()))
    return {'seed': forum.seed, 'pages': len(every), 'thread_pages': len(threads.digests),
            'boards': len(forum.boards), 'threads': len(forum.all_threads()),
            'posts': sum(thread.posts for thread in forum.all_threads()),
            'bytes': listings.bytes + threads.bytes, 'gzip_bytes': listings.gzip_bytes + threads.gzip_bytes,
            'thread_page_bytes': threads.bytes // len(threads.digests),
            'sha256': hashlib.sha256(names.encode()).hexdigest()}


def make(folder, seed, pages):
    fresh = folder.with_name(folder.name + '.new')
    shutil.rmtree(fresh, ignore_errors=True)
    made = write_forum(fresh, seed, pages)
    (fresh / 'site.json').write_text(json.dumps(made, indent=1) + '\n', encoding='utf-8')
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return made


def main():
    parser = argparse.ArgumentParser(description='Writes the forum that scripts/bench crawl measures on.')
    parser.add_argument('folder', type=Path)
    parser.add_argument('--pages', type=int, default=2000)
    parser.add_argument('--seed', type=int, default=1)
    args = parser.parse_args()
    if args.pages < LEAST_PAGES:
        parser.error(f'--pages: a forum has at least {LEAST_PAGES}')
    print(json.dumps(make(args.folder, args.seed, args.pages)))


if __name__ == '__main__':
    sys.exit(main())
