// The part of an exhibit that is drawn in the browser: takeaway, chart, marks, notes, source line, the memo's button and
// the one that unfolds what Streamlit draws below.
//
// The server sends bytes: 32 digits that name the content, one for the buttons, then the content as JSON (see
// pages/shell/exhibit_element.py). Every text is set as text, never as markup. The chart keeps its element while its
// figure changes.

import { Live } from './live.js';

const KEY_LENGTH = 32;
const MEMO_ICONS = ['playlist_add', 'playlist_add_check', 'playlist_add'];
const MEMO_FULL = 2;
const MEMO_STATES = 3;
const reader = new TextDecoder();
let library;

function plotly(file) {
    library ??= window.Plotly ? Promise.resolve(window.Plotly) : new Promise((done, failed) => {
        const script = document.createElement('script');
        script.src = new URL(file, import.meta.url);
        script.onload = () => done(window.Plotly);
        script.onerror = () => { library = undefined; script.remove(); failed(new Error(`no answer from ${file}`)); };
        document.head.append(script);
    });
    return library;
}

function keyOf(sent) {
    return reader.decode(sent.subarray(0, KEY_LENGTH));
}

function element(kind, name, ...content) {
    const made = document.createElement(kind);
    if (name) made.className = name;
    made.append(...content);
    return made;
}

function icon(name) {
    const sign = element('span', 'ipo-icon', name);
    sign.setAttribute('aria-hidden', 'true');
    sign.setAttribute('translate', 'no');
    return sign;
}

function mark([name, label]) {
    return element('span', 'ipo-mark', icon(name), ` ${label}`);
}

function heading({ heading, subtitle, moves }) {
    if (!heading) return [];
    const parts = [element('hr'), element('h2', '', heading)];
    if (subtitle) parts.push(element('p', 'ipo-subtitle', subtitle));
    if (moves) parts.push(element('p', 'ipo-moves', moves));
    return parts;
}

function footer({ marks, notes, source }) {
    const parts = [];
    if (marks?.length) parts.push(element('p', '', ...marks.flatMap((one, place) => (place ? [' · ', mark(one)] : [mark(one)]))));
    if (notes?.length) parts.push(element('ol', '', ...notes.map(note => element('li', '', note))));
    if (source) parts.push(element('p', '', source));
    return parts;
}

function fullScreen(host, label) {
    return {
        name: label,
        title: label,
        icon: { width: 24, height: 24, path: 'M4 4h7v3H7v4H4zm9 0h7v7h-3V7h-4zM4 13h3v4h4v3H4zm13 0h3v7h-7v-3h4z' },
        click: () => (document.fullscreenElement ? document.exitFullscreen() : host.requestFullscreen()),
    };
}

function room(host, height) {
    const full = document.fullscreenElement === host;
    return { autosize: false, width: host.clientWidth, height: full ? host.clientHeight : height };
}

// Charts are drawn one a turn, those in the window first, so that keys and clicks are heard between them.
const waiting = new Set();
let working = false;

function inWindow({ host }) {
    const box = host.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
}

async function work() {
    if (working) return;
    working = true;
    while (waiting.size) {
        const charts = [...waiting];
        const chart = charts.find(inWindow) ?? charts[0];
        waiting.delete(chart);
        try {
            await chart.draw();
        } catch (error) {
            chart.key = undefined;
            if (chart.host.isConnected) console.error(error);  // else it was taken away while it was drawn
        }
        await new Promise(done => setTimeout(done));
    }
    working = false;
}

class Chart {
    constructor() {
        this.host = element('div', 'ipo-chart');
        this.host.setAttribute('role', 'figure');
        this.place = element('div', 'ipo-room', this.host);
        this.watch = new ResizeObserver(() => this.fit());
        this.watch.observe(this.host);
        this.watch.observe(this.place);
    }

    // The remark that the chart is wider than its place stands only while it is.
    remarkedBy(remark) {
        this.remark = remark;
        if (remark) remark.hidden = !this.isWider;
    }

    show(figure, script) {
        if (figure.key === this.key) return;
        this.key = figure.key;
        this.next = { ...figure, script };
        this.host.style.minWidth = `${figure.room}px`;
        this.host.style.minHeight = `${figure.layout.height}px`;
        this.host.setAttribute('aria-label', figure.alt);
        waiting.add(this);
        work();
    }

    async draw() {
        if (!this.next) return;  // drawn already: it was asked for again while the first drawing waited for the library
        const library = await plotly(this.next.script);
        if (!this.host.isConnected) return;
        const { data, layout, config, full } = this.next;
        this.next = undefined;
        this.height = layout.height;
        const size = room(this.host, layout.height);
        // In another size a chart begins anew: margins would be those of the last drawing.
        if (this.size && (this.size.width !== size.width || this.size.height !== size.height)) library.purge(this.host);
        this.size = size;
        await library.react(this.host, data, { ...layout, ...size }, this.bar(config, full));
    }

    // The same object as long as it says the same: with another one Plotly would begin the chart anew.
    bar(config, full) {
        const said = JSON.stringify([config, full]);
        if (said !== this.said) {
            this.said = said;
            this.options = { ...config, modeBarButtonsToAdd: [fullScreen(this.host, full)] };
        }
        return this.options;
    }

    fit() {
        this.isWider = this.host.offsetWidth > this.place.clientWidth + 1;
        this.remarkedBy(this.remark);
        const now = this.host._fullLayout;
        if (!now || this.next) return;
        const wanted = room(this.host, this.height);
        if (wanted.width > 0 && (wanted.width !== now.width || wanted.height !== now.height)) {
            window.Plotly.relayout(this.host, wanted);
        }
    }

    remove() {
        waiting.delete(this);
        this.watch.disconnect();
        if (window.Plotly) window.Plotly.purge(this.host);
    }
}

// The button that unfolds, and the tie to what is unfolded, which the server draws a moment later.
class Fold {
    constructor() {
        this.sign = icon('');
        this.label = element('span');
        this.button = element('button', 'ipo-fold', this.sign, this.label);
        this.button.type = 'button';
        this.button.addEventListener('click', () => { this.turn(!this.open); this.press(this.open); });
    }

    offer([label, place], open, press) {
        this.press = press;
        this.label.textContent = label;
        this.place = place;
        this.turn(open);
    }

    turn(open) {
        this.open = open;
        this.sign.textContent = open ? 'keyboard_arrow_down' : 'keyboard_arrow_right';
        this.button.setAttribute('aria-expanded', String(open));
        this.tie(20);
    }

    tie(tries) {
        clearTimeout(this.later);
        this.button.removeAttribute('aria-controls');
        if (!this.open) return;
        const found = document.querySelector(`.st-key-${this.place}`);
        if (found) {
            found.id = this.place;
            this.button.setAttribute('aria-controls', this.place);
        } else if (tries) {
            this.later = setTimeout(() => this.tie(tries - 1), 100);
        }
    }

    remove() {
        clearTimeout(this.later);
        this.button.remove();
    }
}

class Exhibit {
    constructor() {
        this.head = element('div', 'ipo-head');
        this.foot = element('div', 'ipo-foot');
        this.memo = element('button', 'ipo-memo');
        this.memo.type = 'button';
        this.memo.addEventListener('click', () => this.press());
        this.body = element('div', 'ipo-exhibit', this.head, this.foot);
        this.key = '';
    }

    offer(state, press, unfold) {
        this.press = press;
        if (this.folded) {
            this.fold ??= new Fold();
            this.fold.offer(this.folded, state >= MEMO_STATES, unfold);
            if (!this.fold.button.isConnected) this.body.append(this.fold.button);
        }
        this.offerMemo(state % MEMO_STATES);
    }

    offerMemo(state) {
        if (!this.labels) { this.memo.remove(); return; }
        if (!this.memo.isConnected) this.foot.after(this.memo);
        this.memo.disabled = state === MEMO_FULL;
        this.memo.replaceChildren(icon(MEMO_ICONS[state]), ` ${this.labels[state]}`);
    }

    // What the page's run has sent, or what a slider has asked for ahead of it.
    take(key, written, isAhead) {
        if (key === this.key) {
            this.live?.settle();
            return;
        }
        const content = JSON.parse(reader.decode(written));
        if (!isAhead && this.live?.isPast(content)) this.live.wait(() => this.show(key, content));
        else this.show(key, content);
    }

    show(key, content) {
        this.key = key;
        if (content.live) {
            this.live ??= new Live(sent => this.take(keyOf(sent), sent.subarray(KEY_LENGTH), true));
            this.live.follow(content.live);
        }
        this.labels = content.memo;
        this.folded = content.fold;
        this.head.replaceChildren(...heading(content));
        this.foot.replaceChildren(...footer(content));
        if (!content.chart) return;
        if (!this.chart) {
            this.chart = new Chart();
            this.head.after(this.chart.place);
        }
        this.chart.remarkedBy(this.head.querySelector('.ipo-moves'));
        this.chart.show(content.chart, content.script);
    }

    remove() {
        this.live?.remove();
        this.chart?.remove();
        this.fold?.remove();
        this.body.remove();
    }
}

const shown = new WeakMap();

export default function show({ data, parentElement, setStateValue, setTriggerValue }) {
    let exhibit = shown.get(parentElement);
    if (!exhibit) {
        exhibit = new Exhibit();
        parentElement.append(exhibit.body);
        shown.set(parentElement, exhibit);
    }
    exhibit.take(keyOf(data), data.subarray(KEY_LENGTH + 1));
    const state = Number(reader.decode(data.subarray(KEY_LENGTH, KEY_LENGTH + 1)));
    exhibit.offer(state, () => setTriggerValue('memo', true), open => setStateValue('open', open));
    return () => { shown.delete(parentElement); exhibit.remove(); };
}
