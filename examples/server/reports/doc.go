// Package reports keeps planning reports as they were written, in memory, so that pages that show one again and again, and
// many people who open it at once, cost one reading of the plan. A report holds until the log of its workspace has
// another change, and until a new day may have begun somewhere.
package reports
