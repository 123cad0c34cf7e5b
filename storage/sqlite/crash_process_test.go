//go:build unix

package sqlite_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"
)

// taskVariable turns the test binary into the program of its task.
const taskVariable = "CRM_CRASH_TASK"

// task says what a program does until it is killed.
type task struct {
	Job   job    `json:"job"`
	Path  string `json:"path"`  // of the database
	Round int    `json:"round"` // makes the ids and the randomness of the program its own
}

type job string

const (
	jobWrite job = "write" // write units of work and print an ack after each
	jobOpen  job = "open"  // print a line, open, and print another one
)

// program is another process that runs this test binary.
type program struct {
	cmd    *exec.Cmd
	wait   func() error
	stderr bytes.Buffer
	lines  [][]byte      // whole lines only; complete once ended is closed
	begun  chan struct{} // closed by the first line
	ended  chan struct{} // closed by the end of the output
}

// patience is for a program that does nothing at all. It is no measure of speed.
const patience = time.Minute

// startProgram starts a program, which does not outlive the test. Should the test itself die, the
// end of the program's input ends it.
func startProgram(t *testing.T, what task) *program {
	t.Helper()
	text, err := json.Marshal(what)
	if err != nil {
		t.Fatal(err)
	}
	p := &program{cmd: exec.Command(os.Args[0]), begun: make(chan struct{}), ended: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), taskVariable+"="+string(text))
	p.cmd.Stderr = &p.stderr
	p.wait = sync.OnceValue(p.cmd.Wait)
	if _, err := p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	output, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.cmd.Process.Kill()
		<-p.ended // Wait closes the pipe, so everything is read first
		p.wait()
	})
	go p.read(output)
	return p
}

func (p *program) read(output io.Reader) {
	defer close(p.ended)
	for r := bufio.NewReader(output); ; {
		line, err := r.ReadBytes('\n')
		if err != nil {
			return // a line without an end was cut off by the kill and says nothing
		}
		p.lines = append(p.lines, line)
		if len(p.lines) == 1 {
			close(p.begun)
		}
	}
}

// kill ends the program with SIGKILL some time after its first line, and returns the lines that it
// has printed. A program that ends by itself has failed.
func (p *program) kill(t *testing.T, delay time.Duration) [][]byte {
	t.Helper()
	select {
	case <-p.begun:
		time.Sleep(delay)
	case <-p.ended:
	case <-time.After(patience):
		t.Errorf("the program has printed nothing for %s", patience)
	}
	p.cmd.Process.Kill()
	<-p.ended
	err := p.wait()
	status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGKILL || p.stderr.Len() > 0 {
		t.Fatalf("the program did not run until it was killed: %v\n%s", err, p.stderr.Bytes())
	}
	if t.Failed() {
		t.FailNow()
	}
	return p.lines
}
