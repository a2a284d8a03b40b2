package plan

import (
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/fault"
)

func TestStateOfOrder(t *testing.T) {
	sent := OrderAnswer{Standing: AnswerSent}
	accepted, returned := OrderAnswer{Standing: AnswerAccepted}, OrderAnswer{Standing: AnswerReturned}
	for _, c := range []struct {
		name    string
		answers []OrderAnswer
		today   calendar.Day
		want    OrderState
		lamp    Lamp
	}{
		{"nothing, before its day", nil, "2012-04-19", OrderOpen, LampNone},
		{"nothing, on its day", nil, "2012-04-27", OrderOpen, LampNone},
		{"nothing, after its day", nil, "2012-04-28", OrderOverdue, LampNone},
		{"answered after its day", []OrderAnswer{sent}, "2012-04-28", OrderAnswered, LampWaiting},
		{"asked once more", []OrderAnswer{returned}, "2012-04-20", OrderOpen, LampNone},
		{"asked once more, after its day", []OrderAnswer{returned}, "2012-04-28", OrderOverdue, LampNone},
		{"answered once more", []OrderAnswer{returned, sent}, "2012-04-28", OrderAnswered, LampWaiting},
		{"accepted", []OrderAnswer{returned, accepted}, "2012-05-28", OrderAccepted, LampComplete},
	} {
		if got := StateOfOrder(c.answers, "2012-04-27", c.today); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if f := SaidToOrder(c.answers, LampFacts{}); f.Said != c.lamp {
			t.Errorf("%s: said %s, want %s", c.name, f.Said, c.lamp)
		}
	}
}

func TestAnswersToOrders(t *testing.T) {
	if _, err := Answer(nil, OrderAnswer{Words: " \n"}, "2012-04-19"); fault.Of(err) == nil || fault.Of(err).Field != "words" {
		t.Errorf("an empty answer: %v", err)
	}
	if _, err := Answer(nil, OrderAnswer{Words: strings.Repeat("字", 1001)}, "2012-04-19"); fault.Of(err) == nil {
		t.Error("a long answer")
	}
	first, err := Answer(nil, OrderAnswer{Words: " 办了 "}, "2012-04-19")
	if err != nil || first.Ordinal != 1 || first.Words != "办了" || first.Standing != AnswerSent {
		t.Fatalf("%+v, %v", first, err)
	}
	if _, err := first.AskAgain(7, "", "2012-04-20"); fault.Of(err) == nil || fault.Of(err).Field != "reason" {
		t.Errorf("asked without a reason: %v", err)
	}
	asked, err := first.AskAgain(7, "哪天办的", "2012-04-20")
	if err != nil || asked.Reason != "哪天办的" {
		t.Fatalf("%+v, %v", asked, err)
	}
	if _, err := asked.Accept(7, "2012-04-20"); fault.Of(err) == nil {
		t.Error("what was given back is accepted")
	}
	second, err := Answer([]OrderAnswer{asked}, OrderAnswer{Words: "4 月 18 日办的"}, "2012-04-21")
	if err != nil || second.Ordinal != 2 {
		t.Fatalf("%+v, %v", second, err)
	}
	done, err := second.Accept(7, "2012-04-22")
	if err != nil || done.Standing != AnswerAccepted {
		t.Fatal(err)
	}
	if _, err := Answer([]OrderAnswer{asked, done}, OrderAnswer{Words: "还有"}, "2012-04-23"); fault.Of(err) == nil {
		t.Error("answered after it was accepted")
	}
}

func TestTitleOfOrder(t *testing.T) {
	for words, want := range map[string]string{
		"请财务处定下贴息从哪里出。": "请财务处定下贴息从哪里出",
		"抓紧。其他的以后再说":    "抓紧",
		"请文化产业处会同财务处在本月底以前把贴息的办法报局长办公会，并且把申请的企业逐家核实清楚，不得漏报": "请文化产业处会同财务处在本月底以前把贴息的办法报局长办公会",
		strings.Repeat("长", 60): strings.Repeat("长", 36) + "…",
	} {
		if got := TitleOfOrder(words); got != want {
			t.Errorf("%s: %s", words, got)
		}
	}
}
