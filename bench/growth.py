"""Plots of figures over the number of matters, as SVG: no tool but this file is needed to read or
to make them."""

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 460, 240, 76, 16, 34, 34


def short(value):
    for unit, word in ((1e6, " M"), (1e3, " k")):
        if value >= unit:
            return f"{value / unit:g}{word}"
    return f"{value:g}"


def plot(title, points, top):
    """points: (matters, value), at least one; the x axis is logarithmic, the y axis begins at 0."""
    highest = max(top or 0, max(value for _, value in points)) * 1.1 or 1
    steps = len(points) - 1 or 1

    def x_of(index):
        return LEFT + (WIDTH - LEFT - RIGHT) * index / steps

    def y_of(value):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / highest

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="18" font-size="13">{title}</text>',
    ]
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = y_of(highest * share)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        label = f"{highest * share:,.3g}" if highest < 1000 else f"{highest * share:,.0f}"
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    if top:
        parts.append(
            f'<path d="M{LEFT} {y_of(top):.1f}H{WIDTH - RIGHT}" stroke="#b00" '
            'stroke-dasharray="5 4"/>'
        )
    line = " ".join(f"{x_of(i):.1f},{y_of(value):.1f}" for i, (_, value) in enumerate(points))
    parts.append(f'<polyline points="{line}" fill="none" stroke="#1a5fb4" stroke-width="2"/>')
    for index, (matters, value) in enumerate(points):
        x = x_of(index)
        parts.append(f'<circle cx="{x:.1f}" cy="{y_of(value):.1f}" r="3" fill="#1a5fb4"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{short(matters)}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"
