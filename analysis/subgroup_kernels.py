"""The compiled inner loops of the subgroup search. Shapes and bounds: `analysis.subgroups`.

Nothing here is imported before `subgroups.warm()`: importing numba and compiling cost seconds.
Arguments are not annotated: numba takes the types from the first call.
"""
# mypy: disallow-untyped-defs = False, disallow-untyped-calls = False
# mypy: disallow-untyped-decorators = False

import numpy as np
from numba import njit, types
from numba.extending import intrinsic


@intrinsic
def _bits(typing_context, word):
    """Number of ones in a 64-bit word: one instruction."""

    def generate(context, builder, signature, arguments):
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate


@njit(cache=True)
def _keep(best, items, quality, size, first, second, third):
    """Insert into the descending list; on a tie the one that comes first by its values.

    What is on the list already is not inserted again.
    """
    last = best.size - 1
    if quality < best[last]:
        return
    place = last + 1
    while place > 0 and quality >= best[place - 1]:
        if quality == best[place - 1]:
            order = _compare(first, second, third, items[place - 1])
            if order == 0:
                return
            if order > 0:
                break
        place -= 1
    if place > last:
        return
    for row in range(last, place, -1):
        best[row] = best[row - 1]
        items[row] = items[row - 1]
    best[place] = quality
    items[place, 0] = first
    items[place, 1] = second
    items[place, 2] = third
    items[place, 3] = size


@njit(cache=True)
def _compare(first, second, third, other):
    """Below 0 where these values come before those on the list, 0 where they are the same."""
    if first != other[0]:
        return first - other[0]
    if second != other[1]:
        return second - other[1]
    return third - other[2]


@njit(cache=True)
def search_singles(codes, cards, firsts, packed, bits, mean, weights, smallest, best, items):
    """All single values."""
    mask = (np.int64(1) << bits) - 1
    for column in range(codes.shape[0]):
        cells = np.zeros(cards[column], np.int64)
        for row in range(packed.size):
            cells[codes[column, row]] += packed[row]
        for code in range(cells.size):
            size = cells[code] & mask
            if size >= smallest:
                quality = ((cells[code] >> bits) - size * mean) * weights[size]
                _keep(best, items, quality, size, firsts[column] + code, -1, -1)


@njit(cache=True)
def add_by_pair(one, other, amounts, sizes, sums):
    """Adds the rows, and their amounts, to the cell of each pair of codes."""
    card = sizes.shape[1]
    flat_sizes, flat_sums = sizes.ravel(), sums.ravel()
    for row in range(one.size):
        cell = one[row] * card + other[row]
        flat_sizes[cell] += 1
        flat_sums[cell] += amounts[row]


@njit(cache=True)
def search_pairs(
    codes,
    cards,
    firsts,
    positive,
    bounds,
    sizes,
    packed,
    bits,
    mean,
    weights,
    smallest,
    best,
    items,
):
    """All pairs of values; rows descend, `positive` of them lie above the mean.

    Writes the rows of each pair into `sizes`, and into `bounds` the most that any part of them, of
    at least the smallest size, can reach: the best prefix. Where fewer rows than that are positive,
    all positive ones at the smallest size reach at least as much.
    """
    mask = (np.int64(1) << bits) - 1
    columns, rows = codes.shape
    for i in range(columns):
        for j in range(i + 1, columns):
            card = cards[j]
            cells = np.zeros(cards[i] * card, np.int64)
            reach = np.full(cells.size, -np.inf)
            one, other = codes[i], codes[j]
            for row in range(positive):
                cell = one[row] * card + other[row]
                filled = cells[cell] + packed[row]
                cells[cell] = filled
                size = filled & mask
                if size >= smallest:
                    quality = ((filled >> bits) - size * mean) * weights[size]
                    reach[cell] = max(reach[cell], quality)
            for cell in range(cells.size):
                size = cells[cell] & mask
                if size < smallest:
                    reach[cell] = ((cells[cell] >> bits) - size * mean) * weights[smallest]
            for row in range(positive, rows):
                cells[one[row] * card + other[row]] += packed[row]
            for cell in range(cells.size):
                size = cells[cell] & mask
                first = firsts[i] + cell // card
                second = firsts[j] + cell % card
                sizes[first, second] = size
                if size >= smallest:
                    quality = ((cells[cell] >> bits) - size * mean) * weights[size]
                    # Bound and quality are rounded apart: a bound may not fall short by that.
                    bounds[first, second] = reach[cell] + abs(reach[cell]) * 1e-12
                    _keep(best, items, quality, size, first, second, -1)


@njit(cache=True)
def probe(codes, cards, firsts, column_of, packed, bits, mean, weights, smallest, best, items):
    """What the best triples reach at least: the best pairs, each with every third value."""
    mask = (np.int64(1) << bits) - 1
    reached, found = best.copy(), items.copy()
    rows = np.empty(packed.size, np.int32)
    for place in range(best.size):
        first, second = items[place, 0], items[place, 1]
        if second < 0 or column_of[first] < 0 or column_of[second] < 0:
            continue
        i, j = column_of[first], column_of[second]
        one, other = codes[i], codes[j]
        code, other_code = first - firsts[i], second - firsts[j]
        count = 0
        for row in range(packed.size):
            rows[count] = row
            count += (one[row] == code) & (other[row] == other_code)
        for k in range(codes.shape[0]):
            if k in (i, j):
                continue
            cells = np.zeros(cards[k], np.int64)
            for place_in in range(count):
                cells[codes[k, rows[place_in]]] += packed[rows[place_in]]
            for third_code in range(cards[k]):
                size = cells[third_code] & mask
                if size >= smallest:
                    quality = ((cells[third_code] >> bits) - size * mean) * weights[size]
                    third = firsts[k] + third_code
                    low, high = min(first, third), max(second, third)
                    middle = first + second + third - low - high
                    _keep(reached, found, quality, size, low, middle, high)
    return reached[-1]


@njit(cache=True)
def search_triples(
    codes, cards, firsts, bounds, sizes, least, packed, bits, mean, weights, smallest, best, items
):
    """All triples of values whose three pairs could still reach the list, or `least`.

    Rows are laid out by the first two values, so that only the parts that can matter are read.
    """
    mask = (np.int64(1) << bits) - 1
    columns, rows = codes.shape
    order = np.empty(rows + 1, np.int32)
    sorted_packed = np.empty(rows + 1, np.int64)
    for i in range(columns - 2):
        for j in range(i + 1, columns - 1):
            card = cards[j]
            one, other = codes[i], codes[j]
            cells = cards[i] * card
            threshold = max(best[-1], least)
            wanted = np.zeros(cells, np.uint8)
            ends = np.full(cells, rows, np.int64)
            start = 0
            for cell in range(cells):
                first, second = firsts[i] + cell // card, firsts[j] + cell % card
                if bounds[first, second] >= threshold:
                    wanted[cell] = 1
                    ends[cell] = start
                    start += sizes[first, second]
            if start == 0:
                continue
            # Without a branch: rows that do not matter are written one over another at the end.
            for row in range(rows):
                cell = one[row] * card + other[row]
                end = ends[cell]
                order[end] = row
                sorted_packed[end] = packed[row]
                ends[cell] = end + wanted[cell]
            for cell in range(cells):
                if wanted[cell]:
                    first, second = firsts[i] + cell // card, firsts[j] + cell % card
                    part = slice(ends[cell] - sizes[first, second], ends[cell])
                    _search_within(
                        codes, cards, firsts, order[part], sorted_packed[part], j + 1, first,
                        second, least, bits, mask, mean, weights, smallest, best, items, bounds,
                    )  # fmt: skip


@njit(cache=True)
def _search_within(
    codes, cards, firsts, order, packed, start, first, second, least,
    bits, mask, mean, weights, smallest, best, items, bounds,
):  # fmt: skip
    """All third values within the rows of one pair."""
    for k in range(start, codes.shape[0]):
        useful = False
        threshold = max(best[-1], least)
        for third in range(firsts[k], firsts[k] + cards[k]):
            if bounds[first, third] >= threshold and bounds[second, third] >= threshold:
                useful = True
        if not useful:
            continue
        column = codes[k]
        # Two accumulators: two updates of the same number in a row would wait for one another.
        even = np.zeros(cards[k], np.int64)
        odd = np.zeros(cards[k], np.int64)
        for row in range(0, order.size - 1, 2):
            even[column[order[row]]] += packed[row]
            odd[column[order[row + 1]]] += packed[row + 1]
        if order.size % 2:
            even[column[order[-1]]] += packed[-1]
        for code in range(cards[k]):
            filled = even[code] + odd[code]
            size = filled & mask
            if size >= smallest:
                quality = ((filled >> bits) - size * mean) * weights[size]
                _keep(best, items, quality, size, first, second, firsts[k] + code)


@njit(cache=True)
def _fewest(positives, base, smallest, rows, threshold):
    """The least number of positives that may pass: more of them never bound lower."""
    fewest = positives + 1
    for having in range(positives, 0, -1):
        if (having - max(smallest, having) * base) / rows >= threshold:
            fewest = having
    return fewest


@njit(cache=True)
def list_candidates(codes, cards, firsts, depth, base, smallest, rows, threshold, bounds, items):
    """Conjunctions of `depth` values among the positive rows that may pass the threshold.

    `codes` (columns, positives). Writes the bound, the values and the positives of each as far as
    there is room; returns how many there are.
    """
    columns, positives = codes.shape
    fewest = _fewest(positives, base, smallest, rows, threshold)
    joint = np.empty(positives, np.int64)
    listed = 0
    for i in range(columns):
        for j in range(i + 1, columns) if depth > 1 else range(i, i + 1):
            second_card = cards[j] if depth > 1 else 1
            for row in range(positives):
                joint[row] = codes[i, row] * second_card
                if depth > 1:
                    joint[row] += codes[j, row]
            for k in range(j + 1, columns) if depth > 2 else range(j, j + 1):
                third_card = cards[k] if depth > 2 else 1
                counts = np.zeros(cards[i] * second_card * third_card, np.int32)
                if depth > 2:
                    column = codes[k]
                    for row in range(positives):
                        counts[joint[row] * third_card + column[row]] += 1
                else:
                    for row in range(positives):
                        counts[joint[row]] += 1
                for cell in range(counts.size):
                    having = counts[cell]
                    if having < fewest:
                        continue
                    if listed < bounds.size:
                        pair = cell // third_card
                        bounds[listed] = (having - max(smallest, having) * base) / rows
                        items[listed, 0] = firsts[i] + pair // second_card
                        items[listed, 1] = firsts[j] + pair % second_card if depth > 1 else -1
                        items[listed, 2] = firsts[k] + cell % third_card if depth > 2 else -1
                        items[listed, 3] = having
                    listed += 1
    return listed


@njit(cache=True)
def count_best_first(order, bounds, candidates, masks, base, smallest, rows, best, items):
    """Count the rows of candidates, best bound first, until no bound reaches the list.

    `masks` (values, words) holds one bit per row.
    """
    for place in order:
        if bounds[place] < best[-1]:
            break
        first, second, third = candidates[place, 0], candidates[place, 1], candidates[place, 2]
        one = masks[first]
        other = masks[second] if second >= 0 else one
        another = masks[third] if third >= 0 else one
        size = np.int64(0)
        for word in range(one.size):
            size += np.int64(_bits(one[word] & other[word] & another[word]))
        if size >= smallest:
            quality = (candidates[place, 3] - size * base) / rows
            if quality > 0:
                _keep(best, items, quality, size, first, second, third)
