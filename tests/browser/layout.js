// Measures the page as it stands: what is cut, overlapping, beyond the screen, empty, or in another language.
// Called with the page's language; returns one line per finding.
language => {
    const TOLERANCE = 2;
    const LINE_SLACK = 0.24; // part of a line's height that holds no ink
    const found = [];
    const short = text => text.replace(/\s+/g, ' ').trim().slice(0, 60);
    const seen = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const main = document.querySelector('[data-testid=stMain]');

    for (const [name, box] of [['page', document.documentElement], ['main part', main]]) {
        if (box.scrollWidth > box.clientWidth + 1) {
            found.push(`the ${name} scrolls sideways: ${box.scrollWidth} > ${box.clientWidth}`);
        }
    }

    const waiting = main.querySelectorAll('[data-testid=stSkeleton]').length;
    if (waiting) found.push(`${waiting} parts are not drawn yet`);

    // --- text outside charts ---
    const scrolls = element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
        && element.scrollWidth > element.clientWidth;
    const hides = style => style.overflowX === 'hidden' || style.overflowX === 'clip' || style.clipPath !== 'none';
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const pieces = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const owner = node.parentElement;
        const words = short(node.data);
        if (!words || owner.closest('svg, script, style, [data-testid=stIconMaterial]') || !seen(owner)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const boxes = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
        if (!boxes.length) continue;
        let moves = false;
        for (let box = owner; box && box !== main; box = box.parentElement) {
            if (scrolls(box)) { moves = true; break; }
            const style = getComputedStyle(box);
            const frame = box.getBoundingClientRect();
            if (frame.width <= 2 || frame.height <= 2) { moves = true; break; } // for screen readers only
            const cut = boxes.some(b => b.right > frame.right + TOLERANCE || b.left < frame.left - TOLERANCE);
            if (hides(style) && cut) { found.push(`cut: '${words}'`); break; }
        }
        if (moves) continue;
        if (boxes.some(box => box.right > innerWidth + 1 || box.left < -1)) found.push(`beyond the screen: '${words}'`);
        for (const box of boxes) {
            const slack = box.height * LINE_SLACK;
            pieces.push({ node, words, l: box.left, r: box.right, t: box.top + slack, b: box.bottom - slack });
        }
    }
    for (const field of main.querySelectorAll('input[role=combobox], [data-testid=stSelectbox] input')) {
        if (seen(field) && field.scrollWidth > field.clientWidth + TOLERANCE) found.push(`cut: '${short(field.value)}'`);
    }
    const overlap = (one, other) => Math.min(one.r, other.r) - Math.max(one.l, other.l) > TOLERANCE
        && Math.min(one.b, other.b) - Math.max(one.t, other.t) > TOLERANCE;
    const crossing = (list, where) => {
        list.sort((one, other) => one.t - other.t);
        list.forEach((one, place) => {
            for (let next = place + 1; next < list.length && list[next].t < one.b; next += 1) {
                const other = list[next];
                if (one.node !== other.node && overlap(one, other)) {
                    found.push(`overlapping${where}: '${one.words}' and '${other.words}'`);
                }
            }
        });
    };
    crossing(pieces, '');

    // --- charts ---
    const WORDS = '.xtick text, .ytick text, .annotation-text, .bartext, .textpoint text, .gtitle, .legendtext, '
        + '.g-xtitle text, .g-ytitle text';
    main.querySelectorAll('.js-plotly-plot').forEach((chart, index) => {
        const where = ` in chart ${index + 1}`;
        const frame = chart.getBoundingClientRect();
        let moves = false;
        for (let box = chart; box && box !== main; box = box.parentElement) moves = moves || scrolls(box);
        const said = chart.closest('.ipo-exhibit').querySelector('.ipo-moves');
        if (moves) {
            if (!said || said.hidden) found.push(`chart ${index + 1} has to be moved sideways`);
        } else if (said && !said.hidden) found.push(`chart ${index + 1} is said to be wider than its place`);
        else if (frame.right > innerWidth + 1) found.push(`chart ${index + 1} is wider than the screen`);
        const written = [...chart.querySelectorAll(WORDS)].filter(seen).map(node => {
            const box = node.getBoundingClientRect();
            const lines = Math.max(1, node.querySelectorAll('tspan.line').length);
            const slack = box.height / lines * LINE_SLACK;
            return { node, words: short(node.textContent), l: box.left, r: box.right, t: box.top + slack, b: box.bottom - slack };
        }).filter(text => text.words && text.r - text.l > 1);
        for (const text of written) {
            const over = Math.max(frame.left - text.l, text.r - frame.right, frame.top - text.t, text.b - frame.bottom);
            if (over > TOLERANCE) found.push(`cut${where} by ${Math.round(over)} px: '${text.words}'`);
        }
        crossing(written, where);
        const dots = [...chart.querySelectorAll('.scatterlayer .point')].map(point => {
            const box = point.getBoundingClientRect();
            return { l: box.left + 2, r: box.right - 2, t: box.top + 2, b: box.bottom - 2 };
        });
        for (const text of written) {
            if (dots.some(dot => overlap(dot, text))) found.push(`a dot on words${where}: '${text.words}'`);
        }
        const plot = chart.querySelector('.cartesianlayer .plot');
        if (plot) {
            const room = chart.querySelector('.bglayer .bg, .draglayer .nsewdrag');
            const width = room ? room.getBoundingClientRect().width : frame.width;
            if (width && width < frame.width * 0.3 && width < 110) found.push(`squeezed${where}: ${Math.round(width)} px for the marks`);
        }
    });

    // --- empty and in another language ---
    const HAN = /\p{Script=Han}/u;
    for (const element of main.querySelectorAll('h1, h2, label p, dt')) {
        const words = short(element.textContent);
        if (!words) found.push(`empty ${element.tagName.toLowerCase()}`);
        const wrong = language === 'en' ? HAN.test(words) : !HAN.test(words) && /\p{L}{2}/u.test(words);
        if (element.closest('.ipo-cards') && words === 'MiniMax') continue;  // a column of a firm has its name
        if (words && wrong) found.push(`in another language: '${words}'`);
    }
    if (language !== 'en') {
        for (const piece of main.querySelectorAll('p, dd, summary')) {
            if (!piece.closest('table, pre, code') && seen(piece) && !HAN.test(piece.textContent)
                && (piece.textContent.match(/[A-Za-z]{2,}/g) || []).length > 5) {
                found.push(`in another language: '${short(piece.textContent)}'`);
            }
        }
    }
    for (const table of main.querySelectorAll('table')) {
        if (seen(table) && !table.querySelector('tbody td')) found.push('a table without rows');
    }
    return [...new Set(found)];
}
