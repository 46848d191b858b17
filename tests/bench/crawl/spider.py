"""The spider that Boardwalk is compared with: what one writes for such a forum in Scrapy with CSS selectors, politeness off.

scrapy runspider spider.py -a base=http://127.0.0.1:8080/ -O posts.jl"""
import re

import scrapy

PAGE = re.compile(r'(?:forum|thread)-\d+-\d+(?:-1)?\.html')
THREAD = re.compile(r'/thread-(\d+)-')
OWN_WORDS = 'td.t_f::text, td.t_f > :not(.quote):not(.pstatus) ::text'


class DiscuzSpider(scrapy.Spider):
    name = 'discuz'
    base = None
    custom_settings = {
        'CONCURRENT_REQUESTS': 32,
        'CONCURRENT_REQUESTS_PER_DOMAIN': 32,
        'COOKIES_ENABLED': False,
        'TELNETCONSOLE_ENABLED': False,
        'LOG_LEVEL': 'INFO',
        'REQUEST_FINGERPRINTER_IMPLEMENTATION': '2.7',
    }

    def start_requests(self):
        yield scrapy.Request(self.base)

    def parse(self, response):
        links = set(response.css('a::attr(href)').getall())
        yield from response.follow_all(filter(PAGE.fullmatch, links))
        thread = THREAD.search(response.url)
        if thread:
            for post in response.css('#postlist > div[id^="post_"]'):
                yield self.read(post, thread[1])

    @staticmethod
    def read(post, thread):
        return {
            'post': post.attrib['id'].removeprefix('post_'),
            'thread': thread,
            'author': post.css('.authi > a.xw1::text').get(),
            'time': post.css('em[id^="authorposton"]::text').get(),
            'text': ''.join(post.css(OWN_WORDS).getall()),
        }
