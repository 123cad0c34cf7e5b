package crm

import (
	"bytes"
	"database/sql/driver"
	"fmt"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/google/uuid"
)

// ID identifies a record of type R within its workspace. It is a UUID, of version 7 unless the host gave another, so
// ids sort by the time they were made. The type parameter keeps a campaign's id from being passed where an influencer's
// is wanted; it takes no part in the value. The zero ID identifies nothing.
//
// In text, JSON and a column of the host's own database an id is the usual 36 characters,
// "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f". The zero ID is the empty text, and NULL in a column.
type ID[R any] uuid.UUID

// WorkspaceID identifies a workspace.
type WorkspaceID = ID[Workspace]

// MemberID identifies a member.
type MemberID = ID[Member]

// CampaignID identifies a campaign.
type CampaignID = ID[Campaign]

// InfluencerID identifies an influencer.
type InfluencerID = ID[Influencer]

// ProfileID identifies a profile of an influencer.
type ProfileID = ID[Profile]

// PictureID identifies a profile picture.
type PictureID = ID[Picture]

// CooperationID identifies a cooperation.
type CooperationID = ID[Cooperation]

// ImportRunID identifies an import run.
type ImportRunID = ID[ImportRun]

// ParseID reads the 36-character form of an id. Anything else is an ErrInvalid, and so is the id of zeros, which
// identifies nothing.
func ParseID[R any](s string) (ID[R], error) {
	if len(s) == 36 {
		if u, err := uuid.Parse(s); err == nil && u != uuid.Nil {
			return ID[R](u), nil
		}
	}
	return ID[R]{}, notAnID(Shorten(s))
}

const noID = "is no id; an id looks like 018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"

func notAnID(value string) error {
	return &Error{Family: ErrInvalid, Field: "id", Value: value, Problem: sentence.Of(noID)}
}

// IsZero reports whether the id identifies nothing.
func (id ID[R]) IsZero() bool { return id == ID[R]{} }

// UUID is the id without its type.
func (id ID[R]) UUID() uuid.UUID { return uuid.UUID(id) }

// Compare orders ids by their bytes, which is the order of their making.
func (id ID[R]) Compare(other ID[R]) int { return bytes.Compare(id[:], other[:]) }

// String returns the 36-character form, or "" for the zero id.
func (id ID[R]) String() string {
	if id.IsZero() {
		return ""
	}
	return uuid.UUID(id).String()
}

// MarshalText implements encoding.TextMarshaler.
func (id ID[R]) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. The empty text is the zero id.
func (id *ID[R]) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = ID[R]{}
		return nil
	}
	parsed, err := ParseID[R](string(text))
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}

// Value implements driver.Valuer, for tables in which a host keeps what belongs to a record.
func (id ID[R]) Value() (driver.Value, error) {
	if id.IsZero() {
		return nil, nil
	}
	return id.String(), nil
}

// Scan implements sql.Scanner. It reads what Value writes.
func (id *ID[R]) Scan(column any) error {
	switch v := column.(type) {
	case nil:
		*id = ID[R]{}
		return nil
	case string:
		return id.UnmarshalText([]byte(v))
	case []byte:
		return id.UnmarshalText(v)
	default:
		return notAnID(Shorten(fmt.Sprint(v)))
	}
}
