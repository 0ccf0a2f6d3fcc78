"""Pieces that both model cards are made of: Markdown tables, figures with intervals, the data and its licences."""

import hashlib

_CLASS = {'permissive': 'permissive', 'nc': 'RESEARCH ONLY (non-commercial)', 'unstated': 'RESEARCH ONLY (no licence stated)'}


def table(head, rows):
    """A Markdown table; cells that are None become empty."""
    lines = ['| ' + ' | '.join(head) + ' |', '|' + ' --- |' * len(head)]
    lines += ['| ' + ' | '.join('' if cell is None else str(cell) for cell in row) + ' |' for row in rows]
    return '\n'.join(lines)


def percent(value):
    return None if value is None or value != value else f'{100 * value:.1f} %'


def spread(row, name, as_percent=False):
    """A figure of a row with its interval, as text."""
    if name not in row:
        return None
    write = (lambda v: f'{100 * v:.1f}') if as_percent else (lambda v: f'{v:.3f}')
    text = write(row[name])
    if name + 'Interval' in row:
        low, high = row[name + 'Interval']
        text += f' [{write(low)}, {write(high)}]'
    return text + (' %' if as_percent else '')


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def data_table(rows, indices):
    """Markdown table of the repositories that training used, with counts, licence and class."""
    found = {}
    for i in indices:
        row = rows[i]
        entry = found.setdefault((row['source'], row['licence_class']), [0, 0, row['licence']])
        entry[row['synthetic']] += 1
    return table(['repository', 'real clips', 'synthetic clips', 'licence as stated', 'terms'],
                 [[source, real, fake, licence.replace('|', '/'), _CLASS[kind]] for (source, kind), (real, fake, licence) in sorted(found.items())])
