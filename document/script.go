package document

import "golang.org/x/text/unicode/norm"

// simplified gives the simplified form of the traditional characters in the words
// that this program knows, so that both scripts are read by one set of rules.
// What is stored, quoted and named keeps its own script.
var simplified = pairs("萬万與与專专兩两嚴严個个為为爲为舉举麼么樂乐書书爭争畝亩億亿從从儀仪價价會会體体餘余協协單单廠厂廳厅歷历曆历壓压參参發发變变" +
	"臺台檯台號号後后嗎吗噸吨員员啟启啓启園园國国場场塲场塊块壇坛處处頭头獎奖學学寬宽實实對对導导層层屆届歲岁並并併并應应開开張张當当總总" +
	"戶户戸户擴扩擬拟據据攝摄數数時时術术機机條条來来構构標标棟栋樣样檔档樁桩檢检歐欧滿满點点牽牵環环現现電电盞盏蓋盖盤盘確确種种類类級级" +
	"綱纲組组細细織织經经結结給给續续維维縮缩罰罚職职聯联節节藝艺補补裝装見见規规覽览計计訂订訓训論论設设識识詳详讀读課课負负責责貼贴費费" +
	"資资賽赛車车轉转輪轮輛辆達达過过運运還还進进連连鐘钟鍾钟鍵键鎮镇長长門门問问間间隊队階阶際际頁页項项須须領领題题館馆驗验準准減减幾几" +
	"劃划則则創创別别辦办務务動动勵励區区縣县隻只祇只寫写冊册關关製制劑剂釐厘鄉乡護护統统約约裡里裏里頃顷驟骤堅坚盡尽儘尽於于團团內内擁拥" +
	"幹干佈布徵征註注週周採采衛卫陣阵產产營营財财貸贷質质網网")

func pairs(s string) map[rune]rune {
	table := map[rune]rune{}
	r := []rune(s)
	for i := 0; i+1 < len(r); i += 2 {
		table[r[i]] = r[i+1]
	}
	return table
}

// foldHan gives the form in which a character is matched: simplified, and for the
// radicals that PDF fonts leave in place of characters, the character.
func foldHan(r rune) rune {
	if r >= 0x2e80 && r < 0x2fe0 || r >= 0xf900 && r < 0xfb00 {
		if s := []rune(norm.NFKC.String(string(r))); len(s) == 1 {
			r = s[0]
		}
	}
	if s, ok := simplified[r]; ok {
		return s
	}
	return r
}
