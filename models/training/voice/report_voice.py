"""Measures the synthetic-voice model and writes models/synthetic-voice: ONNX, parity, per-item scores, figures and card.

Leave-sources-out comes first: the fold that tests a repository never heard a clip of it. "Strict" items are those whose system name and
whose voice are also absent from that fold's training.
"""

import datetime
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

import conditions
import corpus
import detector
import metrics
import parity
import shortcuts
import synthetic_voice

SHARE = 2.0  # of the teacher estimate in the score: both outputs then spread about alike
PER_SYSTEM, PER_REAL_SOURCE = 8, 60  # clips of a source's system, and real clips of a source, scored under every condition
MODERATE = np.log(10)  # natural-log likelihood ratio from which ENFSI (2015) speaks of moderate support


def condition_subset(table):
    """Indices of the clips that are scored under every condition: a fixed number of each system of each source and of each source's reals."""
    taken, out = {}, []
    for i in sorted(range(len(table)), key=lambda j: table[j]['id']):
        row = table[i]
        key = (row['source'], row['system'])
        if taken.get(key, 0) < (PER_SYSTEM if row['synthetic'] else PER_REAL_SOURCE):
            taken[key] = taken.get(key, 0) + 1
            out.append(i)
    return sorted(out)


KINDS = ('features', 'fold', 'final', 'permissive')


def _parts(kind):
    """What of a kind is measured and kept by itself: `fold` and `final` have one part for each member, {name: suffix of its runs}."""
    return {kind + m.suffix: m.suffix for m in synthetic_voice.MEMBERS} if kind in ('fold', 'final') else {kind: ''}


def _part(data, kind, suffix, waves, indices):
    """features: [n, 13]; the others: [n, 1, 2], logit and teacher estimate of the member whose runs end in `suffix`, by the network in charge of
    each clip, nan for clips that the shipped network was trained on."""
    if kind == 'features':
        return np.stack([shortcuts.features(w) for w in waves])
    out = np.full((len(waves), 1, 2), np.nan)
    if kind == 'final':
        trained = {data.table[i]['person'] for i in synthetic_voice.final_training(data.table)}
        at = [k for k, i in enumerate(indices)
              if data.table[i]['person'] not in trained or data.table[i]['system'] in synthetic_voice.HELD_OUT_SYSTEMS]
        out[at] = detector.member_outputs([data.train('final' + suffix)], [waves[k] for k in at])
        return out
    for group, sources in corpus.SOURCE_GROUPS.items():
        at = [k for k, i in enumerate(indices) if data.table[i]['source'] in sources]
        out[at] = detector.member_outputs([data.train(f'{kind}-{group}{suffix}')], [waves[k] for k in at])
    return out


def under(data, condition, indices, of=''):
    """The clips under a condition; kept in the cache, since coding takes longer than scoring. `of` names another choice of clips than the subset."""
    if condition == 'clean':
        return [data.clips[i] for i in indices]
    path = data.cache / f'condition-{condition}{of}.npy'
    if not path.exists():
        waves = under(data, conditions.MADE_OF.get(condition, 'clean'), indices, of)
        np.save(path, np.concatenate([conditions.stored(w) for w in conditions.apply(condition, waves, data.cache)]))
    samples, ends = np.load(path), np.cumsum([0] + [len(data.clips[i]) for i in indices])
    return [samples[a:b].astype(np.float32) / 32768 for a, b in zip(ends, ends[1:])]


def measured(data, kinds=KINDS, as_is=False):
    """{'<kind>/<condition>': array, [n, 13] or [n, members, 2]} over all clips (clean) or the subset (other conditions); each part is cached.

    `fold` and `permissive` (clean only) are scored by the network that left the clip's source out, `final` by the shipped one.
    With `as_is` nothing is computed: conditions that lack a part are left out."""
    out = {}
    subset = condition_subset(data.table)
    for condition in conditions.available(data.cache):
        indices = list(range(len(data.table))) if condition == 'clean' else subset
        waves = None
        if as_is and not all((data.cache / f'score-{part}-{condition}.npy').exists() for k in kinds if k != 'permissive' for part in _parts(k)):
            continue
        for kind in kinds:
            if kind == 'permissive' and condition != 'clean':
                continue
            parts = []
            for part, suffix in _parts(kind).items():
                path = data.cache / f'score-{part}-{condition}.npy'
                if not path.exists():
                    waves = waves or under(data, condition, indices)
                    np.save(path, _part(data, kind, suffix, waves, indices))
                    print('measured', part, condition, len(indices), flush=True)
                parts.append(np.load(path))
            out[f'{kind}/{condition}'] = np.concatenate(parts, 1)
    return out


class Evaluation:
    """All figures of the model, from the member outputs."""

    def __init__(self, data, scores):
        self.table, self.data, self.raw = data.table, data, scores
        self.conditions = [c for c in conditions.ALL if f'fold/{c}' in scores]
        n = len(self.table)
        self.subset = condition_subset(self.table)
        self.group = np.array([next(g for g, s in corpus.SOURCE_GROUPS.items() if row['source'] in s) for row in self.table])
        self.synthetic = np.array([row['synthetic'] for row in self.table])
        self.column = {k: np.array([row[k] for row in self.table]) for k in ('source', 'system', 'family', 'language', 'person', 'licence_class')}
        self.seconds = np.array([data.clips.seconds(i) for i in range(n)])
        self.system_unseen, self.voice_unseen = np.ones(n, bool), np.ones(n, bool)
        for group in corpus.SOURCE_GROUPS:
            trained = synthetic_voice.fold_training(self.table, group)
            systems = {self.table[i]['system'] for i in trained if self.table[i]['synthetic']}
            voices = {self.table[i]['person'] for i in trained}
            for i in np.where(self.group == group)[0]:
                self.system_unseen[i] = self.table[i]['system'] not in systems
                self.voice_unseen[i] = self.table[i]['person'] not in voices
        self.strict = self.system_unseen & self.voice_unseen

    def on(self, kind, condition='clean', share=SHARE):
        """Scores by clip index, nan where a clip was not scored under the condition."""
        out = np.full(len(self.table), np.nan)
        out[np.arange(len(self.table)) if condition == 'clean' else self.subset] = detector.combined(self.raw[f'{kind}/{condition}'], share)
        return out

    def shortcut(self, condition='clean'):
        """Scores of the shortcut classifier, trained on the clean features of each fold's training clips."""
        out = np.full(len(self.table), np.nan)
        at = np.arange(len(self.table)) if condition == 'clean' else np.array(self.subset)
        for group in corpus.SOURCE_GROUPS:
            if not hasattr(self, '_models'):
                self._models = {}
            if group not in self._models:
                trained = synthetic_voice.fold_training(self.table, group)
                self._models[group] = shortcuts.fitted(self.raw['features/clean'][trained], self.synthetic[trained])
            here = self.group[at] == group
            out[at[here]] = shortcuts.score(self._models[group], self.raw[f'features/{condition}'][here])
        return out

    def row(self, score, keep, group=None, intervals=True):
        """Summary of the kept, scored clips of a group; intervals by voices."""
        keep = keep & ~np.isnan(score) & ((self.group == group) if group else True)
        real, fake = keep & (self.synthetic == 0), keep & (self.synthetic == 1)
        return metrics.summary(score[real], score[fake], self.column['person'][real], self.column['person'][fake], intervals)

    def folds(self, score, keep, intervals=True):
        """{A, B, C, mean}: rows per fold and the mean of the folds' figures (scores of different nets are never pooled).

        The interval of the mean comes from the half-widths of the folds, which are independent."""
        out = {g: self.row(score, keep, g, intervals) for g in corpus.SOURCE_GROUPS}
        known = [r for r in out.values() if 'auc' in r]
        mean = {'real': sum(r['real'] for r in out.values()), 'synthetic': sum(r['synthetic'] for r in out.values())}
        for name in ('auc', 'eer', 'tpr1', 'tpr5'):
            mean[name] = round(float(np.mean([r[name] for r in known])), 4)
            if intervals:
                half = np.sqrt(sum(((r[name + 'Interval'][1] - r[name + 'Interval'][0]) / 2) ** 2 for r in known)) / len(known)
                mean[name + 'Interval'] = [round(float(max(0, mean[name] - half)), 4), round(float(min(1, mean[name] + half)), 4)]
        out['mean'] = mean
        return out

    def paired(self, score, before, keep):
        """Mean over folds of AUC by two versions on the same clips, and the difference with its interval (voices drawn alike for both)."""
        keep = keep & ~np.isnan(score) & ~np.isnan(before)
        voices, index = np.unique(self.column['person'], return_inverse=True)
        members = [np.where((index == k) & keep)[0] for k in range(len(voices))]
        rng = np.random.RandomState(metrics.SEED)

        def mean(values, drawn):
            parts = [drawn[self.group[drawn] == g] for g in corpus.SOURCE_GROUPS]
            aucs = [metrics.auc(values[p][self.synthetic[p] == 0], values[p][self.synthetic[p] == 1]) for p in parts]
            return float(np.nanmean(aucs))

        draws = [np.concatenate([members[k] for k in rng.randint(0, len(voices), len(voices))]) for _ in range(metrics.DRAWS)]
        found = [mean(score, d) - mean(before, d) for d in draws]
        every = np.where(keep)[0]
        now, then = mean(score, every), mean(before, every)
        return {'items': len(every), 'before': round(then, 4), 'now': round(now, 4), 'difference': round(now - then, 4),
                'interval': [round(float(v), 4) for v in np.nanpercentile(found, [2.5, 97.5])]}

    def by(self, column, score, trivial, keep):
        """Rows per value of a column: a value's synthetic clips against all reals of its fold, and against reals of its own source.

        `alarms5` is the share of its reals above the fold's 95 % quantile, with Wilson interval; `found5` that of its synthetic clips."""
        cut = {g: np.quantile(score[keep & (self.synthetic == 0) & (self.group == g)], .95) for g in corpus.SOURCE_GROUPS}
        above = np.array([s > cut[g] for s, g in zip(score, self.group)])
        out = {}
        for value in sorted(set(self.column[column][keep])):
            here = keep & (self.column[column] == value)
            real, fake = here & (self.synthetic == 0), here & (self.synthetic == 1)
            row = {'real': int(real.sum()), 'synthetic': int(fake.sum())}
            if fake.any():
                parts, shortcut_parts = [], []
                for g in corpus.SOURCE_GROUPS:
                    mine = fake & (self.group == g)
                    if mine.any():
                        against = keep & (self.synthetic == 0) & (self.group == g)
                        parts.append((mine.sum(), metrics.auc(score[against], score[mine])))
                        shortcut_parts.append(metrics.auc(trivial[against], trivial[mine]))
                weights = [p[0] for p in parts]
                row['auc'] = round(float(np.average([p[1] for p in parts], weights=weights)), 3)
                row['shortcutAuc'] = round(float(np.average(shortcut_parts, weights=weights)), 3)
                row['found5'] = round(float(above[fake].mean()), 3)
            if real.sum() >= 5 and fake.sum() >= 5:
                pairs = [(metrics.auc(score[real & (self.group == g)], score[fake & (self.group == g)]), (fake & (self.group == g)).sum())
                         for g in corpus.SOURCE_GROUPS if (real & (self.group == g)).any() and (fake & (self.group == g)).any()]
                row['withinAuc'] = round(float(np.average([p[0] for p in pairs], weights=[p[1] for p in pairs])), 3) if pairs else None
            if real.any():
                hits = int(above[real].sum())
                row['alarms5'] = round(hits / int(real.sum()), 3)
                row['alarms5Count'] = hits
                row['alarms5Interval'] = metrics.wilson(hits, int(real.sum()))
            out[value] = row
        return out


def _fit(score, label):
    """(slope, intercept) of natural-log likelihood ratio on the score: logistic regression with both classes weighted alike."""
    weight = np.where(label == 1, 0.5 / label.mean(), 0.5 / (1 - label.mean()))
    model = LogisticRegression(C=1e3).fit(score[:, None], label, sample_weight=weight)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _bounds(llr, label, voices_real, voices_fake):
    """Largest and smallest llr that the counts bear out: over all cuts, the lower 95 % bound of one rate over the upper bound of the other.

    Counts are voices, not clips, because clips of one voice are no independent evidence."""
    highest, lowest = 0.0, 0.0
    for cut in np.unique(np.round(llr, 2)):
        found = (llr[label == 1] >= cut).mean()
        alarm = (llr[label == 0] >= cut).mean()
        wilson = lambda share, n: metrics.wilson(share * n, n)
        highest = max(highest, np.log(max(wilson(found, voices_fake)[0], 1e-6) / max(wilson(alarm, voices_real)[1], 1e-6)))
        lowest = min(lowest, np.log(max(wilson(1 - found, voices_fake)[1], 1e-6) / max(wilson(1 - alarm, voices_real)[0], 1e-6)))
    return float(lowest), float(highest)


def calibrated(evaluation, score):
    """Likelihood ratios of strict items, each fold by the line fitted on the other two, and what they cost. The product's own calibration is
    fitted by `npm run evaluate`."""
    keep = evaluation.strict & (evaluation.seconds >= 2)
    label, llr = evaluation.synthetic, np.full(len(score), np.nan)
    for group in corpus.SOURCE_GROUPS:
        rest, here = keep & (evaluation.group != group), keep & (evaluation.group == group)
        slope, intercept = _fit(score[rest], label[rest])
        low, high = _bounds(slope * score[rest] + intercept, label[rest], len(set(evaluation.column['person'][rest & (label == 0)])),
                            len(set(evaluation.column['person'][rest & (label == 1)])))
        llr[here] = np.clip(slope * score[here] + intercept, low, high)
    slope, intercept = _fit(score[keep], label[keep])
    voices = [len(set(evaluation.column['person'][keep & (label == k)])) for k in (0, 1)]
    low, high = _bounds(slope * score[keep] + intercept, label[keep], *voices)
    real, fake = keep & (label == 0), keep & (label == 1)
    moderate = int((llr[real] >= MODERATE).sum())
    figures = {'cllr': round(metrics.cllr(llr[real], llr[fake]), 4), 'minCllr': round(metrics.min_cllr(score[real], score[fake]), 4),
               'realModerateOrStronger': moderate, 'realModerateInterval': metrics.wilson(moderate, int(real.sum())),
               'syntheticModerateOrStronger': int((llr[fake] >= MODERATE).sum())}
    return llr, {'slope': round(slope, 5), 'intercept': round(intercept, 5), 'llrMin': round(low, 4), 'llrMax': round(high, 4),
                 'real': int(real.sum()), 'synthetic': int(fake.sum()), **figures}


def _earlier(path, table):
    """{condition: fold scores by clip index, nan where there is none} of an earlier version's evaluation.json."""
    found = json.loads(Path(path).read_text())
    rows, out = {row[0]: row for row in found['items']}, {}
    for at, column in enumerate(found['columns']):
        if column.startswith('score:'):
            out[column[6:]] = np.array([rows[row['id']][at] for row in table], dtype=float)
    return out


def figures_of(evaluation, before=None):
    """Every table of the card as data; `before` is the evaluation.json of an earlier version."""
    everything = np.ones(len(evaluation.table), bool)
    score, trivial = evaluation.on('fold'), evaluation.shortcut()
    teacher = np.full(len(score), np.nan)
    teacher[:] = evaluation.data.teacher
    out = {'headline': {'strict': evaluation.folds(score, evaluation.strict), 'systemUnseen': evaluation.folds(score, evaluation.system_unseen),
                        'all': evaluation.folds(score, everything), 'strictAtLeast2s': evaluation.folds(score, evaluation.strict & (evaluation.seconds >= 2)),
                        'strictMandarin': evaluation.row(score, evaluation.strict & (evaluation.column['language'] == 'zh'))},
           'shortcut': {'strict': evaluation.folds(trivial, evaluation.strict), 'all': evaluation.folds(trivial, everything)},
           'permissiveOnly': {'strict': evaluation.folds(evaluation.on('permissive', share=0), evaluation.strict)}}
    variants = {'logit alone': evaluation.on('fold', share=0), f'logit + {SHARE:g} x teacher estimate (shipped)': score,
                'teacher estimate alone': evaluation.on('fold', share=1e6)}
    out['variants'] = {name: evaluation.folds(values, evaluation.strict, intervals=False)['mean'] for name, values in variants.items()}
    asked = evaluation.strict & ~np.isnan(teacher)
    spread = np.nanstd(score)
    out['aasist'] = {'AASIST (upstream)': evaluation.folds(teacher, asked)['mean'], 'this model, the same clips': evaluation.folds(score, asked)['mean'],
                     'sum of both, standardised': evaluation.folds(score / spread + teacher, asked)['mean']}
    out['conditions'] = {}
    for condition in evaluation.conditions:
        values, subset = evaluation.on('fold', condition), np.isin(np.arange(len(score)), evaluation.subset)
        row = evaluation.folds(values, evaluation.strict & subset)['mean']
        row['shortcutAuc'] = evaluation.folds(evaluation.shortcut(condition), evaluation.strict & subset, intervals=False)['mean']['auc']
        alarms, found, reals, fakes = 0, 0, 0, 0
        for g in corpus.SOURCE_GROUPS:
            of = evaluation.strict & subset & (evaluation.group == g)
            real, fake = of & (evaluation.synthetic == 0), of & (evaluation.synthetic == 1)
            cut = np.quantile(score[real], .95)
            alarms, found = alarms + int((values[real] > cut).sum()), found + int((values[fake] > cut).sum())
            reals, fakes = reals + int(real.sum()), fakes + int(fake.sum())
        row['alarmsAtCleanCut'], row['foundAtCleanCut'] = round(alarms / reals, 3), round(found / fakes, 3)
        out['conditions'][condition] = row
    out['sinceBefore'] = {condition: evaluation.paired(evaluation.on('fold', condition), earlier, evaluation.strict)
                          for condition, earlier in (_earlier(before, evaluation.table) if before else {}).items() if condition in evaluation.conditions}
    for column in ('source', 'system', 'family', 'language'):
        keep = everything if column in ('source', 'language') else evaluation.system_unseen
        out[column] = evaluation.by(column, score, trivial, keep)
    trained = synthetic_voice.final_training(evaluation.table)
    voices = {evaluation.table[i]['person'] for i in trained}
    unseen = np.array([row['person'] not in voices for row in evaluation.table])
    kept_systems = np.array([row['system'] in synthetic_voice.HELD_OUT_SYSTEMS for row in evaluation.table])
    real = evaluation.synthetic == 0
    out['shipped'] = {}
    for condition in evaluation.conditions:
        final = evaluation.on('final', condition)
        out['shipped'][condition] = {'voicesUnseen': evaluation.row(final, unseen),
                                     'voicesAndSystemsUnseen': evaluation.row(final, unseen & (real | kept_systems)),
                                     'systemsUnseen': evaluation.row(final, (unseen & real) | kept_systems)}
    return out, score, trivial, unseen


def items(evaluation, llr, shipped_unseen):
    """Per-item scores as columns and rows, without media or names of files."""
    names = {k: sorted(set(evaluation.column[k])) for k in ('source', 'system', 'language', 'licence_class')}
    people = {name: k for k, name in enumerate(sorted(set(evaluation.column['person']), key=lambda s: corpus.hashlib.sha256(s.encode()).hexdigest()))}
    by_condition = [evaluation.on('fold', c) for c in evaluation.conditions]
    permissive, final = evaluation.on('permissive', share=0), evaluation.on('final')
    number = lambda v: None if np.isnan(v) else round(float(v), 3)
    rows = []
    for i, row in enumerate(evaluation.table):
        rows.append([row['id'], row['synthetic'], *(names[k].index(evaluation.column[k][i]) for k in names), people[row['person']], evaluation.group[i],
                     round(float(evaluation.seconds[i]), 2), int(evaluation.system_unseen[i]), int(evaluation.voice_unseen[i]),
                     *(number(v[i]) for v in by_condition), number(permissive[i]), number(final[i]) if shipped_unseen[i] else None, number(llr[i])])
    columns = ['id', 'synthetic', *names, 'voice', 'fold', 'seconds', 'systemUnseen', 'voiceUnseen', *(f'score:{c}' for c in evaluation.conditions),
               'permissiveScore:clean', 'shippedScore:clean', 'llr:clean']
    return {'note': 'id = first 16 hex digits of the SHA-256 of the file name in data/voices/manifest.csv. score:* by the fold that left the '
                    'source out; shippedScore by the shipped weights, only where they never heard the voice; llr cross-fitted, strict items.',
            'names': names, 'columns': columns, 'items': rows}


def redraw(data, folder):
    """Writes the card anew from the tables in the model's folder; what `npm run evaluate` added to it stays."""
    import card_voice
    figures, path = json.loads((folder / 'figures.json').read_text()), folder / 'card.md'
    _, mark, evaluated = path.read_text().partition('<!-- evaluation -->')
    path.write_text(card_voice.text(data, figures, figures['byFolds'], figures['runs'], figures['speed'], folder, figures['date']) + '\n' * bool(mark) + mark + evaluated)


def write(data, folder, as_is=False, before=None):
    """Writes the model's files, but for its calibration, which `npm run evaluate` fits; with `as_is` from the scores that are there."""
    import card_voice
    folder.mkdir(parents=True, exist_ok=True)
    evaluation = Evaluation(data, measured(data, as_is=as_is))
    figures, score, _, shipped_unseen = figures_of(evaluation, before)
    llr, calibration = calibrated(evaluation, score)
    net = detector.export(data.members('final'), SHARE, folder / 'model.onnx')
    checked = parity.checked(net, folder / 'model.onnx', folder / 'parity.json')
    records = {p.stem[6:]: json.loads(p.read_text()) for p in sorted(data.cache.glob('voice-*.json'))}
    today = datetime.date.today().isoformat()
    (folder / 'figures.json').write_text(json.dumps({'date': today, 'runs': records, 'speed': checked, 'byFolds': calibration, **figures}, separators=(',', ':')) + '\n')
    lines = items(evaluation, llr, shipped_unseen)
    body = ',\n'.join(json.dumps(r, separators=(',', ':')) for r in lines.pop('items'))
    (folder / 'evaluation.json').write_text(json.dumps(lines, separators=(',', ':'))[:-1] + ',"items":[\n' + body + '\n]}\n')
    (folder / 'card.md').write_text(card_voice.text(data, figures, calibration, records, checked, folder, today))
