// Exhibits that follow a slider while it moves (see pages/shell/live.py): the browser asks for the content of the step
// at which the slider stands, and once nothing moves any more for those beside it, so that they are here when wanted.
//
// The page's own run sends the same content a moment later. What it sends of a step that the slider has left meanwhile
// waits: another will follow. Should none follow, the run is right.

const REST = 400;  // milliseconds without a move after which the neighbours are asked for
const PATIENCE = 1500;  // milliseconds for which what the page's run sends of another step may wait
const MOST_KEPT = 24;
const root = import.meta.url.split('/_stcore/')[0];
const followers = new Set();
let watch;

function thumb(control) {
    return document.querySelector(`.st-key-${control} input[type=range]`);
}

// A slider writes its place into its own attributes, however it is moved; by the reader, if it has the keyboard.
function watchSliders() {
    if (watch) return;
    watch = new MutationObserver(changes => {
        const moved = new Set(changes.map(change => change.target).filter(one => one === document.activeElement));
        for (const input of moved) for (const one of followers) one.moved(input);
    });
    watch.observe(document.body, { subtree: true, attributeFilter: ['aria-valuetext'] });
    document.addEventListener('focusin', told);
}

function told({ target }) {
    if (target.type === 'range') for (const one of followers) one.reached(target);
}

export class Live {
    constructor(show) {
        this.show = show;  // draws a content, given as bytes
        this.kept = new Map();  // contents, or promises of them, by address
        this.movedAt = -Infinity;
        followers.add(this);
        watchSliders();
    }

    // The content on the page has changed.
    follow(live) {
        this.live = live;
        this.settle();
    }

    // What the run has sent and what is on the page are the same.
    settle() {
        clearTimeout(this.late);
    }

    // Whether a content that the page's run has sent belongs to a step that the slider has left.
    isPast(content) {
        if (performance.now() - this.movedAt > PATIENCE) return false;
        return Object.entries(content.live?.sliders ?? {}).some(([control, { at }]) => {
            const input = thumb(control);
            return input && Number(input.value) !== at;
        });
    }

    wait(show) {
        clearTimeout(this.late);
        this.late = setTimeout(show, PATIENCE);
    }

    control(input) {
        return Object.keys(this.live.sliders).find(name => input.closest(`.st-key-${name}`));
    }

    moved(input) {
        const control = this.control(input);
        if (!control) return;
        this.movedAt = performance.now();
        clearTimeout(this.late);
        this.wanted = this.address(control, Number(input.value));
        if (!this.asking) this.ask();
        this.reached(input);
    }

    // One at a time: of the steps that a held key or a pulled slider passes meanwhile only the last is asked for.
    async ask() {
        this.asking = true;
        for (let address; address !== this.wanted;) {
            address = this.wanted;
            const content = await this.content(address);
            if (content && followers.has(this)) this.show(content);
        }
        this.asking = false;
    }

    // The reader's keyboard or pointer is at a slider.
    reached(input) {
        clearTimeout(this.rest);
        const control = this.control(input);
        if (control) this.rest = setTimeout(() => this.ahead(control, input), REST);
    }

    ahead(control, input) {
        const at = Number(input.value);
        for (const step of [at + 1, at - 1]) {
            if (step >= 0 && step <= Number(input.max)) this.content(this.address(control, step), true);
        }
    }

    // The sliders' other options stand where they stand now; what else there is to choose is as last shown.
    address(moved, at) {
        const query = new URLSearchParams(this.live.query);
        for (const [control, { option, codes }] of Object.entries(this.live.sliders)) {
            const input = thumb(control);
            const place = control === moved ? at : input && Number(input.value);
            if (codes[place] !== undefined) query.set(option, codes[place]);
        }
        return `${root}/${this.live.path}?${query}`;
    }

    content(address, ahead = false) {
        const known = this.kept.get(address);
        if (known) return known;
        const asked = fetch(ahead ? `${address}&ahead=1` : address)
            .then(answer => (answer.status === 200 ? answer.arrayBuffer() : undefined))
            .then(content => content && new Uint8Array(content))
            .catch(() => undefined);  // the page's run will bring it
        asked.then(content => { if (!content) this.kept.delete(address); });
        this.kept.set(address, asked);
        if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value);
        return asked;
    }

    remove() {
        clearTimeout(this.late);
        clearTimeout(this.rest);
        followers.delete(this);
    }
}
