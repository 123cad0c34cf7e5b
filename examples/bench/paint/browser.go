package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser is headless Chromium.
type browser struct {
	options
	ctx   context.Context
	close context.CancelFunc
}

// errNoBrowser tells that there is nothing to measure with.
var errNoBrowser = errors.New("there is no chromium in the PATH")

func startBrowser(ctx context.Context, o options) (*browser, error) {
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, errNoBrowser
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stop := chromedp.NewExecAllocator(ctx, flags...)
	ctx, cancel := chromedp.NewContext(ctx)
	b := &browser{options: o, ctx: ctx, close: func() { cancel(); stop() }}
	if err := chromedp.Do(ctx); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// patience is how long something in a page may take.
const patience = 2 * time.Minute

// measure loads a page with nothing kept from before, does what a person does on it, and loads it once more with what the
// browser has kept. The profile is a new one each time.
func (b *browser) measure(m measured, s *site, p page) error {
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		return err
	}
	if err := b.slow(ctx); err != nil {
		return err
	}
	first, err := b.load(ctx, s, p)
	if err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	m.add(p.name, cold, first)
	for _, a := range p.acts {
		took, err := b.act(ctx, a)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", p.name, a.name, err)
		}
		m.addAct(p.name, a, took)
	}
	if !b.again {
		return nil
	}
	second, err := b.load(ctx, s, p)
	if err != nil {
		return fmt.Errorf("%s, again: %w", p.name, err)
	}
	m.add(p.name, warm, second)
	return nil
}

// emulateNetwork is the command of older and newer browsers alike. The one by rule that cdproto has in its place takes other
// parameters in browsers some versions older than cdproto, which refuse those that it sends.
var emulateNetwork = cdp.Command[networkConditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

type networkConditions struct {
	Offline  bool    `json:"offline"`
	Latency  float64 `json:"latency"`            // milliseconds
	Download float64 `json:"downloadThroughput"` // bytes a second
	Upload   float64 `json:"uploadThroughput"`
}

// slow slows a tab down as Lighthouse does with its settings for telephones when it throttles by DevTools: the processor
// four times, and a slow 4G network, of which it has found these figures to give what 1.6 Mbit/s and 150 ms are on the wire.
func (b *browser) slow(ctx context.Context) error {
	if !b.phone {
		return nil
	}
	if _, err := chromedp.Call(ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4}); err != nil {
		return err
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	const kilobit = 1000.0 / 8
	_, err := chromedp.Call(ctx, emulateNetwork, networkConditions{
		Latency: 150 * 3.75, Download: 1.6 * 1000 * 0.9 * kilobit, Upload: 750 * 0.9 * kilobit,
	})
	return err
}

// load loads a page. A small answer of the same server comes before, so that the connection is open, and the visitor can
// be signed in before a script of the page asks who it is.
func (b *browser) load(ctx context.Context, s *site, p page) (l load, err error) {
	if err := chromedp.Do(ctx, chromedp.Navigate(s.base+s.light)); err != nil {
		return l, err
	}
	if s.store != "" {
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](s.store+"; true")); err != nil {
			return l, err
		}
	}
	time.Sleep(b.quiet)
	if err := chromedp.Do(ctx, chromedp.Navigate(s.base+p.path)); err != nil {
		return l, err
	}
	if err := b.settle(ctx, p.ready); err != nil {
		return l, err
	}
	return chromedp.Run(ctx, chromedp.Evaluate[load](metrics, chromedp.EvalAwaitPromise))
}

// settle waits until a page has what it is for, has been painted, and has asked for nothing new for a while.
func (b *browser) settle(ctx context.Context, ready string) error {
	there := fmt.Sprintf(`document.readyState === "complete" && Boolean(%s) &&
		performance.getEntriesByName("first-contentful-paint").length > 0 ? performance.getEntriesByType("resource").length : -1`, ready)
	last, since := -1, time.Now()
	for {
		n, err := chromedp.Run(ctx, chromedp.Evaluate[int](there))
		if err != nil {
			return err
		}
		if n != last {
			last, since = n, time.Now()
		}
		if n >= 0 && time.Since(since) >= b.quiet {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// load is what the browser tells of a page that was loaded; times are in milliseconds since the navigation began.
type load struct {
	Answer   float64 // first byte of the page
	First    float64 // first contentful paint
	Largest  float64 // largest contentful paint
	Sent     float64 // bytes of the page and what belongs to it, with a flat 300 for each header
	Prefetch float64 // bytes of what it asked for that only other pages need
	Requests float64
}

// metrics reads a load. Only an observer gets the largest paint. Its entries come in a task of their own, so the answer
// waits for one. A resource from the cache has a transferSize of 0, and one that the server said to keep 300.
const metrics = `new Promise((done) => {
	const [page] = performance.getEntriesByType("navigation");
	const ahead = new Set([...document.querySelectorAll("link[rel=prefetch]")].map((x) => x.href));
	const l = {Answer: page.responseStart, Sent: page.transferSize, Prefetch: 0, Requests: 1, Largest: 0};
	for (const r of performance.getEntriesByType("resource")) {
		if (ahead.has(r.name)) { l.Prefetch += r.transferSize; continue; }
		l.Sent += r.transferSize;
		l.Requests++;
	}
	l.First = performance.getEntriesByName("first-contentful-paint")[0].startTime;
	new PerformanceObserver((list) => { l.Largest = list.getEntries().at(-1).startTime; })
		.observe({type: "largest-contentful-paint", buffered: true});
	setTimeout(() => done(l), 100);
})`

// watch begins to observe what is done to a page. Without a threshold of its own an observer sees only events that took 104
// ms, and 16 is the least.
const watch = `(() => {
	window.seenEvents = [];
	window.eventObserver = new PerformanceObserver((list) => seenEvents.push(...list.getEntries()));
	eventObserver.observe({type: "event", durationThreshold: 16});
	return performance.interactionCount;
})()`

// tell is how often something was done to the page so far, and how long the slowest event of it took until the page was
// painted again, in steps of 8 ms; 0 is less than 16. The entries of an interaction all have its id.
const tell = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
	seenEvents.push(...eventObserver.takeRecords());
	done({Count: performance.interactionCount, Took: Math.max(0, ...seenEvents.filter((e) => e.interactionId > 0).map((e) => e.duration))});
}, 100))))`

// act does something on a page as a person does, by the mouse or the keyboard, and is how long the page took to show an
// answer: the interaction to next paint of a visit that has this interaction alone.
func (b *browser) act(ctx context.Context, a act) (took float64, err error) {
	if a.focus != "" {
		if err := focus(ctx, a.focus); err != nil {
			return 0, err
		}
	}
	time.Sleep(b.quiet)
	before, err := chromedp.Run(ctx, chromedp.Evaluate[int](watch))
	if err != nil {
		return 0, err
	}
	if err := chromedp.Do(ctx, a.step); err != nil {
		return 0, err
	}
	for range 100 {
		time.Sleep(b.quiet / 10)
		told, err := chromedp.Run(ctx, chromedp.Evaluate[struct {
			Count int
			Took  float64
		}](tell, chromedp.EvalAwaitPromise))
		if err != nil {
			return 0, err
		}
		if told.Count > before {
			return told.Took, nil
		}
	}
	return 0, errors.New("the browser counted no interaction")
}

// focus focuses what a selector finds, once it is there.
func focus(ctx context.Context, selector string) error {
	quoted, err := json.Marshal(selector)
	if err != nil {
		return err
	}
	return chromedp.Do(ctx, chromedp.WaitVisible(chromedp.CSS(selector)), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[bool](fmt.Sprintf("(document.querySelector(%s).focus(), true)", quoted))(ctx, t)
		return err
	}))
}
