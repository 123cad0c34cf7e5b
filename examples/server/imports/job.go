package imports

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/state"
)

// State is where a plan stands.
type State string

// The states of a plan. One that has failed or was cancelled can be applied again.
const (
	Planned   State = "planned"
	Applying  State = "applying"
	Applied   State = "applied"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Job is how far a plan has been carried out.
type Job struct {
	Plan    uuid.UUID `json:"plan"`
	State   State     `json:"state"`
	Attempt int       `json:"attempt"` // the database may have to begin a unit of work again
	Done    int       `json:"done"`    // records that are written
	Total   int       `json:"total"`   // records to write; 0 until it is known
	// Run is the import run, as soon as a part of it is written, also of an import that was stopped after that.
	Run crm.ImportRunID `json:"run,omitzero"`
	// Fresh is the plan to look at in place of one that is outdated.
	Fresh uuid.UUID `json:"fresh,omitzero"`
	// Problem says why it has failed.
	Problem *web.Problem `json:"problem,omitzero"`

	revision        int64
	english, german *web.Problem
}

// Revision is larger the more a job has told; see Service.Follow.
func (j Job) Revision() int64 { return j.revision }

// Over reports whether the job has ended.
func (j Job) Over() bool { return j.State == Applied || j.State == Failed || j.State == Cancelled }

// In is the job with its problem in a language, English or German.
func (j Job) In(lang language.Tag) Job {
	if j.Problem = j.english; isGerman(lang) {
		j.Problem = j.german
	}
	return j
}

// jobOf is the job of a plan, from memory if this process carries it out.
func (s *Service) jobOf(key state.PlanKey, stored state.PlanJob) (Job, error) {
	if r := s.running(key); r != nil {
		job, _ := r.look()
		return job, nil
	}
	return s.storedJob(key, stored)
}

// storedJob is a job as it is stored. One whose owner is silent has failed.
func (s *Service) storedJob(key state.PlanKey, j state.PlanJob) (Job, error) {
	if j.State == state.Applying && j.BeatAt <= s.heardOf() {
		j.State = state.Failed
		j.Revision++ // it tells something new
		if j.Run == "" {
			fail(&j, errGone)
		} else {
			fail(&j, errCutOff)
		}
	}
	return toJob(key.ID, j)
}

// toJob is a job as clients see it.
func toJob(id string, j state.PlanJob) (Job, error) {
	job := Job{State: State(j.State), Attempt: j.Attempt, Done: j.Done, Total: j.Total, revision: j.Revision}
	var err error
	if job.Plan, err = uuid.Parse(id); err != nil {
		return Job{}, err
	}
	if j.Run != "" {
		if job.Run, err = crm.ParseID[crm.ImportRun](j.Run); err != nil {
			return Job{}, err
		}
	}
	if j.Fresh != "" {
		if job.Fresh, err = uuid.Parse(j.Fresh); err != nil {
			return Job{}, err
		}
	}
	for _, problem := range []struct {
		doc string
		to  **web.Problem
	}{{j.ProblemEnglish, &job.english}, {j.ProblemGerman, &job.german}} {
		if problem.doc != "" {
			*problem.to = &web.Problem{}
			if err := json.Unmarshal([]byte(problem.doc), *problem.to); err != nil {
				return Job{}, err
			}
		}
	}
	return job, nil
}

// fail writes down why a job has failed.
func fail(j *state.PlanJob, err error) {
	for lang, to := range map[language.Tag]*string{language.English: &j.ProblemEnglish, language.German: &j.ProblemGerman} {
		doc, _ := json.Marshal(problemOf(err, lang)) // cannot fail: it is made of texts and of what was read as JSON
		*to = string(doc)
	}
}

// quiet is how long a job tells nothing after it has told something, so that thousands of records are not thousands of events.
const quiet = 100 * time.Millisecond
