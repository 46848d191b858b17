"""The crawlers that are compared: how each is started, and whether it did its work."""
import contextlib
import json
import re
import subprocess
from pathlib import Path

from measure import Failed, measured
from readers import Readers
from truth import boardwalk_posts, differences, scrapy_posts

SPIDER = Path(__file__).with_name('spider.py')
PAGES = r'^http://[^/]+/((forum|thread)-[0-9]+-[0-9]+(-1)?\.html)?$'


def demand_pages(name, got, site):
    if got != site['pages']:
        raise Failed(f'{name} fetched {got} pages of {site["pages"]}')


def demand_posts(name, posts, truth):
    wrong = differences(truth, posts)
    if wrong:
        raise Failed('\n'.join([f'{name}: {len(wrong)} of {len(truth)} posts are wrong', *wrong[:10]]))


class Crawler:
    def beside(self, folder, truth):
        """What goes on while it crawls."""
        return contextlib.nullcontext()


class Scrapy(Crawler):
    name = 'Scrapy'

    def command(self, url, folder):
        return ['/usr/bin/scrapy', 'runspider', SPIDER, '-a', f'base={url}', '-O', folder / 'posts.jl']

    def check(self, folder, log, site, truth):
        told = re.search(r"'downloader/response_status_count/200': (\d+)", log.read_text())
        demand_pages(self.name, int(told[1]) if told else 0, site)
        demand_posts(self.name, scrapy_posts(folder / 'posts.jl'), truth)


class Wget(Crawler):
    name = 'wget -r'

    def command(self, url, folder):
        return ['/usr/bin/wget', '--recursive', '--level=inf', '--no-verbose', '--execute=robots=off',
                f'--accept-regex={PAGES}', f'--directory-prefix={folder}', url]

    def check(self, folder, log, site, truth):
        demand_pages(self.name, sum(1 for _ in folder.rglob('*.html')), site)


class Boardwalk(Crawler):
    name = 'Boardwalk'

    def __init__(self, program):
        self._program = program

    def command(self, url, folder):
        return [self._program, 'crawl', url, '--archive', folder / 'archive', '--report', folder / 'report.json',
                '--set', 'fetch.delay=0s', '--set', 'fetch.per_host=32', '--set', 'fetch.concurrency=32']

    def check(self, folder, log, site, truth):
        demand_pages(self.name, json.loads((folder / 'report.json').read_text())['pages'], site)
        subprocess.run([self._program, *self._export(folder)], check=True, capture_output=True)
        demand_posts(self.name, boardwalk_posts(folder / 'all.jsonl'), truth)

    def _export(self, folder):
        return ['export', 'jsonl', '--with-duplicates', '--archive', folder / 'archive', '-o', folder / 'all.jsonl']

    def disk(self, folder, pages):
        """Bytes a page: what the archive takes on disk, and of that bodies and records as `stats` tells them."""
        told = json.loads(subprocess.run([self._program, 'stats', '--json', '--archive', folder / 'archive'],
                                         check=True, capture_output=True).stdout)['families']
        whole = sum(file.stat().st_blocks * 512 for file in (folder / 'archive').rglob('*') if file.is_file())
        return {'bodies': (told['bodies'] + told['dictionaries']) / pages,
                'records': (told['records'] + told['versions']) / pages, 'all': whole / pages}

    def care(self, folder, core, site):
        """What is done with the archive later; each measured as the crawl was."""
        archive = ['--archive', folder / 'archive']
        works = {'verify': ['verify', *archive], 'export': self._export(folder), 'reparse': ['reparse', *archive]}
        took = {name: measured([self._program, *words], core, folder / f'{name}.log') for name, words in works.items()}
        with open(folder / 'all.jsonl', 'rb') as lines:
            records = sum(1 for _ in lines)
        return {'verify_pages_s': site['pages'] / took['verify'].wall, 'export_records_s': records / took['export'].wall,
                'reparse_s': took['reparse'].wall, 'reparse_cpu_ms_page': 1000 * took['reparse'].cpu / site['pages']}


class ReadBoardwalk(Boardwalk):
    """Boardwalk again, while others ask the archive that it writes without pause."""
    name = 'with readers'

    def __init__(self, program, readers_core):
        super().__init__(program)
        self._readers_core = readers_core

    def beside(self, folder, truth):
        return Readers(self._program, folder / 'archive', self._readers_core, truth)
