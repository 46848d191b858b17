"""compare.py BOARDWALK [PAGES [ROUNDS]] [--json FILE]: crawls one generated forum with Scrapy, wget -r and Boardwalk in turn,
checks that each did its work, and prints what it cost. scripts/bench crawl runs it."""
import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import forum
from crawlers import Boardwalk, ReadBoardwalk, Scrapy, Wget
from measure import Failed, measured, served, two_cores
from truth import read_truth

SOURCES = ('forum.py', 'template.py', 'thread_page.py', 'truth.py', 'words.py')
SEED = 1


def bench_folder():
    chosen = os.environ.get('BOARDWALK_BENCH')
    return Path(chosen) if chosen else Path(tempfile.gettempdir()) / 'boardwalk-bench'


def site_folder(pages):
    """The forum of so many pages, made where it is not there yet; named for what makes it."""
    here = Path(__file__).parent
    digest = hashlib.sha256(b''.join((here / name).read_bytes() for name in SOURCES)).hexdigest()
    folder = bench_folder() / f'forum-{pages}-{digest[:8]}'
    if not folder.exists():
        print(f'making a forum of {pages} pages in {folder}', file=sys.stderr)
        folder.parent.mkdir(parents=True, exist_ok=True)
        forum.make(folder, SEED, pages)
    return folder


def warm(folder):
    """Reads every page once, so that no crawler pays for the disk."""
    for file in (folder / 'html').iterdir():
        file.read_bytes()


def version(words, pattern):
    told = subprocess.run(words, capture_output=True, text=True, check=True)
    return re.search(pattern, told.stdout + told.stderr)[1]


def machine(cores):
    model = re.search(r'model name\s*: (.*)', Path('/proc/cpuinfo').read_text())
    return {'processor': model[1] if model else platform.processor(), 'cores': os.cpu_count(),
            'kernel': platform.release(), 'load': os.getloadavg()[0], 'server_core': cores[0], 'crawler_core': cores[1],
            'nginx': version(['/usr/sbin/nginx', '-v'], r'nginx/(\S+)'),
            'scrapy': version(['/usr/bin/scrapy', 'version'], r'Scrapy (\S+)'),
            'wget': version(['/usr/bin/wget', '--version'], r'Wget (\S+)')}


def row(name, took, pages):
    return {'crawler': name, 'wall_s': took.wall, 'pages_s': pages / took.wall, 'cpu_ms_page': 1000 * took.cpu / pages,
            'rss_mib': took.rss}


def ratios(rows):
    """How many times as long, and on how many times the CPU, each other crawler took as Boardwalk did."""
    own = rows[Boardwalk.name]
    return {name: {'wall': other['wall_s'] / own['wall_s'], 'cpu': other['cpu_ms_page'] / own['cpu_ms_page']}
            for name, other in rows.items() if name != Boardwalk.name}


class Comparison:
    def __init__(self, program, folder, cores):
        self._crawlers = [Scrapy(), Wget(), Boardwalk(program), ReadBoardwalk(program, cores[0])]
        self._truth = read_truth(folder / 'truth.tsv')
        self._cores = cores
        self._folder = folder
        self.site = json.loads((folder / 'site.json').read_text())

    def rounds(self, count):
        """The rounds' figures, one by one. Who begins changes from round to round."""
        with served(self._folder / 'html', self._cores[0]) as url:
            for number in range(count):
                first = number % len(self._crawlers)
                yield self._round(url, self._crawlers[first:] + self._crawlers[:first])

    def _round(self, url, crawlers):
        result = {'load': os.getloadavg()[0]}
        rows = {}
        for crawler in crawlers:
            with tempfile.TemporaryDirectory(prefix='round-', dir=self._folder.parent) as work:
                rows[crawler.name] = self._crawl(crawler, url, Path(work), result)
        result['crawlers'] = rows
        result['ratios'] = ratios(rows)
        result['care']['reparse_to_crawl'] = rows[Boardwalk.name]['wall_s'] / result['care']['reparse_s']
        return result

    def _crawl(self, crawler, url, work, result):
        pages, log = self.site['pages'], work / 'log'
        output = work / 'output'
        output.mkdir()
        with crawler.beside(output, self._truth) as readers:
            took = measured(crawler.command(url, output), self._cores[1], log)
        try:
            crawler.check(output, log, self.site, self._truth)
        except Failed as failed:
            raise Failed(f'{failed}\nthe end of what it said:\n{log.read_text()[-2000:]}') from failed
        if isinstance(crawler, ReadBoardwalk):
            result['answers'] = readers.answers
        elif isinstance(crawler, Boardwalk):
            result['disk'] = crawler.disk(output, pages)
            result['care'] = crawler.care(output, self._cores[1], self.site)
        return row(crawler.name, took, pages)


def median(rounds):
    """The median of every figure, in the shape of a round."""
    first = rounds[0]
    if isinstance(first, dict):
        return {key: median([one[key] for one in rounds]) for key in first}
    return first if isinstance(first, str) else statistics.median(rounds)


def print_site(site, about):
    print(f'{site["pages"]} pages, {site["thread_pages"]} of them of threads with {site["posts"]} posts, '
          f'{site["thread_page_bytes"] / 1000:.0f} KB a thread page, {site["gzip_bytes"] / site["pages"] / 1000:.1f} KB a page gzipped')
    where = 'nothing pinned: there are no two cores' if about['crawler_core'] is None else \
        f'nginx on core {about["server_core"]}, crawlers on core {about["crawler_core"]}'
    print(f'{about["processor"]}, {about["cores"]} cores, load {about["load"]:.1f}; {where}')
    print(f'nginx {about["nginx"]}, Scrapy {about["scrapy"]}, Wget {about["wget"]}\n')
    print(f'{"round":<8}{"crawler":<14}{"wall s":>8}{"pages/s":>9}{"CPU ms/page":>13}{"RSS MiB":>9}'
          f'{"x wall":>8}{"x CPU":>7}   (x: of Boardwalk\'s)')


def print_round(name, figures):
    for crawler in (Scrapy.name, Wget.name, Boardwalk.name, ReadBoardwalk.name):
        own, ratio = figures['crawlers'][crawler], figures['ratios'].get(crawler)
        times = f'{ratio["wall"]:>8.2f}{ratio["cpu"]:>7.2f}' if ratio else ''
        print(f'{name:<8}{crawler:<14}{own["wall_s"]:>8.2f}{own["pages_s"]:>9.0f}{own["cpu_ms_page"]:>13.2f}'
              f'{own["rss_mib"]:>9.0f}{times}', flush=True)


def print_archives(named):
    print(f'\n{"":<24}{"KB a page":>10}{"bodies":>8}{"records":>9}{"verify":>10}{"export":>11}{"reparse s":>11}{"CPU ms/page":>13}{"x crawl":>9}'
          '   (pages/s, records/s; x: as fast as the crawl)')
    for name, figures in named:
        disk, care = figures['disk'], figures['care']
        print(f'{name:<8}{"its archive":<16}{disk["all"] / 1000:>10.1f}{disk["bodies"] / 1000:>8.1f}{disk["records"] / 1000:>9.1f}'
              f'{care["verify_pages_s"]:>10.0f}{care["export_records_s"]:>11.0f}{care["reparse_s"]:>11.2f}'
              f'{care["reparse_cpu_ms_page"]:>13.2f}{care["reparse_to_crawl"]:>9.2f}')


def compare(args):
    cores = two_cores() if shutil.which('taskset') else (None, None)
    if cores[0] is not None:
        os.sched_setaffinity(0, {cores[0]})  # what this does itself costs the crawlers nothing
    folder = site_folder(args.pages)
    warm(folder)
    comparison = Comparison(args.program.resolve(), folder, cores)
    about = machine(cores)
    print_site(comparison.site, about)
    rounds = []
    for figures in comparison.rounds(args.rounds):
        rounds.append(figures)
        print_round(len(rounds), figures)
    middle = median(rounds)
    print_round('median', middle)
    print_archives([*enumerate(rounds, 1), ('median', middle)])
    print(f'\nwith readers: {middle["answers"]:.0f} times verify, query or export were answered while the crawl wrote')
    if args.json:
        whole = {'machine': about, 'site': comparison.site, 'rounds': rounds, 'medians': middle}
        args.json.write_text(json.dumps(whole, indent=1) + '\n')


def at_least(least):
    def number(text):
        if not text.isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f'a number from {least} on, not "{text}"')
        return int(text)
    return number


def arguments():
    parser = argparse.ArgumentParser(prog='scripts/bench crawl', description='Compares whole crawls of one forum.')
    parser.add_argument('program', type=Path, help=argparse.SUPPRESS)
    parser.add_argument('pages', type=at_least(forum.LEAST_PAGES), nargs='?', default=2000, help='of the forum (2000)')
    parser.add_argument('rounds', type=at_least(1), nargs='?', default=3, help='each crawler once a round (3)')
    parser.add_argument('--json', type=Path, metavar='FILE', help='all figures, also for programs')
    return parser.parse_args()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        compare(arguments())
    except Failed as failed:
        print(f'scripts/bench crawl: {failed}', file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == '__main__':
    sys.exit(main())
