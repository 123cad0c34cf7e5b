package render

import (
	"fmt"
	"math"
	"testing"
)

// luminance is how light a colour is, as WCAG 2 reckons it.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	var rgb [3]uint8
	if _, err := fmt.Sscanf(colour, "#%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2]); err != nil {
		t.Fatalf("%q is no colour: %v", colour, err)
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(rgb[i]) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Texts and signs stand out from what is behind them, and stages and cells from their neighbours, for those who see no colours.
func TestPalettesHaveContrast(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]palette{"light": lightPalette, "dark": darkPalette} {
		type pair struct {
			what, a, b string
			least      float64
		}
		pairs := []pair{
			{"text", p.ink, p.paper, 4.5}, {"small text", p.faint, p.paper, 4.5},
			{"text on the month", p.ink, p.now, 4.5}, {"years on the month", p.faint, p.now, 4.5},
			{"signs", p.over, p.paper, 3}, {"the budget", p.budget, p.paper, 3}, {"the zero line", p.axis, p.paper, 2.5},
			{"signed", p.signed, p.paper, 3}, {"negotiating", p.negotiating, p.paper, 3}, {"draft", p.draft, p.paper, 3},
			{"hatches", p.negotiating, p.negotiatingGround, 2.5}, {"dots", p.draft, p.draftGround, 3},
			{"the cut of an over corner", p.over, p.paper, 3},
		}
		for i := range p.heat {
			pairs = append(pairs, pair{fmt.Sprintf("cell %d", i), p.heatInk[i], p.heat[i], 4.5})
			if i > 0 {
				pairs = append(pairs, pair{fmt.Sprintf("cell %d beside the one before", i), p.heat[i], p.heat[i-1], 1.15})
			}
		}
		for _, c := range pairs {
			if got := contrast(t, c.a, c.b); got < c.least {
				t.Errorf("%s: %s has a contrast of %.2f, want %.2f", name, c.what, got, c.least)
			}
		}
	}
}
