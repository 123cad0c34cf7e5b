package transfer

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"

	"github.com/getklar/influencercrm/crm"
)

// Summary is what a workspace holds. Two workspaces with equal summaries hold the same.
type Summary struct {
	Workspace crm.WorkspaceID `json:"workspace"`
	Head      crm.Head        `json:"head"`
	Counts    Counts          `json:"counts"`
	// SHA256 is that of the lines in which Export writes the workspace, in hexadecimal digits.
	SHA256 string `json:"sha256"`
}

// Counts are how many of each kind a workspace holds, archived ones too.
type Counts struct {
	Members      int `json:"members"`
	Campaigns    int `json:"campaigns"`
	Influencers  int `json:"influencers"`
	Cooperations int `json:"cooperations"`
	ImportRuns   int `json:"import_runs"`
	Pictures     int `json:"pictures"`
	Changes      int `json:"changes"`
}

// total counts everything, and the workspace's own record.
func (c Counts) total() int {
	return 1 + c.Members + c.Campaigns + c.Influencers + c.Cooperations + c.ImportRuns + c.Pictures + c.Changes
}

// digest sums up lines as they pass, in the order of the parts.
type digest struct {
	hash   hash.Hash
	counts [numParts]int
	part   part
	sums   [numParts]string // of everything up to the end of each part before the present one
}

func newDigest() *digest { return &digest{hash: sha256.New()} }

// add takes the lines of one entry.
func (d *digest) add(p part, lines []byte) {
	d.upTo(p)
	d.counts[p]++
	d.hash.Write(lines)
}

func (d *digest) upTo(p part) {
	for ; d.part < p; d.part++ {
		d.sums[d.part] = d.sum()
	}
}

func (d *digest) sum() string { return hex.EncodeToString(d.hash.Sum(nil)) }

func (d *digest) total() Counts {
	return Counts{
		Members: d.counts[memberPart], Campaigns: d.counts[campaignPart], Influencers: d.counts[influencerPart],
		Cooperations: d.counts[cooperationPart], ImportRuns: d.counts[importRunPart], Pictures: d.counts[picturePart],
		Changes: d.counts[changePart],
	}
}

func (d *digest) summary(head crm.Head) Summary {
	return Summary{Workspace: head.Workspace, Head: head, Counts: d.total(), SHA256: d.sum()}
}

// differsFrom ends two digests and returns the first part in which they differ.
func (d *digest) differsFrom(other *digest) (part, bool) {
	d.upTo(numParts)
	other.upTo(numParts)
	for p := range numParts {
		if d.sums[p] != other.sums[p] {
			return p, true
		}
	}
	return 0, false
}
