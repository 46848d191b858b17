"""What each post of the benchmark's forum is, and whether a crawler read it so.

truth.tsv has a line a post between tabs: post, thread, author, time (RFC 3339), and the SHA-256 of the author's own words
without white space, of which crawlers keep more or less.

truth.py TRUTH.tsv EXPORT.jsonl: compares an export of Boardwalk; exit 1 and what differs when it does."""
import hashlib
import json
import sys
from datetime import datetime, timedelta, timezone

ZONE = timezone(timedelta(hours=8))
FIELDS = ('thread', 'author', 'time', 'text')
SHOWN = 10


def text_digest(text):
    return hashlib.sha256(''.join(text.split()).encode()).hexdigest()


def rfc3339(at):
    return datetime.fromtimestamp(at, ZONE).isoformat()


def truth_line(post):
    return '\t'.join((str(post.pid), str(post.tid), post.author_name, rfc3339(post.at), text_digest(post.text()))) + '\n'


def read_truth(path):
    with open(path, encoding='utf-8') as lines:
        rows = [line.rstrip('\n').split('\t') for line in lines]
    return {row[0]: tuple(row[1:]) for row in rows}


def boardwalk_posts(path):
    """Pairs of post and fields out of `export jsonl`."""
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            record = json.loads(line)
            if record['kind'] == 'post':
                yield record['post_id'], (record['thread_id'], record['author'], record['posted_at'],
                                          text_digest(record['text']))


def scrapy_posts(path):
    """The same out of what spider.py wrote."""
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            item = json.loads(line)
            time = datetime.strptime(item['time'], '发表于 %Y-%m-%d %H:%M:%S').replace(tzinfo=ZONE)
            yield item['post'], (item['thread'], item['author'], time.isoformat(), text_digest(item['text']))


def inventions(truth, posts):
    """A line for each post that is too many, or another than it should be."""
    found, seen = [], set()
    for post, fields in posts:
        if post in seen:
            found.append(f'post {post} came twice')
        seen.add(post)
        expected = truth.get(post)
        if expected is None:
            found.append(f'post {post} is none of the forum')
        elif expected != fields:
            names = [name for name, is_, should in zip(FIELDS, fields, expected) if is_ != should]
            found.append(f'post {post} differs in {", ".join(names)}')
    return found


def differences(truth, posts):
    """The same, and a line for each post that is missing."""
    posts = list(posts)
    seen = {post for post, _ in posts}
    return inventions(truth, posts) + [f'post {post} is missing' for post in truth if post not in seen]


def main():
    truth = read_truth(sys.argv[1])
    wrong = differences(truth, boardwalk_posts(sys.argv[2]))
    for line in wrong[:SHOWN]:
        print(line)
    print(f'{len(truth)} posts, {len(wrong)} wrong')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
