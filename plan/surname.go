package plan

// surnames are the family names of one sign that most people have; those that are
// common words at the beginning of others are judged by what follows.
var surnames = setOf("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛阎闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪樊柯葛章俞柳裴岑费柏殷倪滕罗毕安米贝臧计伏成祝项阮蓝闵席季麻强路娄危童颜梅盛刁骆蔡凌霍虞柯管莘丘解应宗宣邓郁单杭包诸左崔吉钮嵇邢荣翁荀羊甄曲封芮储靳糜井邴松巫乌焦巴弓牧隗车宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖符景詹束幸司韶郜黎蓟薄印宿怀蒲邰鄂索咸籍卓蔺屠蒙池闻党翟贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿充慕连茹习宦艾鱼容古慎戈庾居衡步都耿满弘匡国寇广禄阙东欧沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶空曾沙养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公涂付岳帅缑亢况有琴商牟佘佴伯赏")

func setOf(signs string) map[rune]bool {
	out := map[rune]bool{}
	for _, r := range signs {
		out[r] = true
	}
	return out
}

// doubleSurnames are those of two signs.
var doubleSurnames = words("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 宇文 长孙 端木 南宫 独孤 轩辕 呼延 东郭 西门 百里 闻人 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离")

// surnameAt is the length of the family name that begins at a rune, or 0.
func surnameAt(text []rune, at int) int {
	if n := wordAt(text, at, doubleSurnames); n > 0 {
		return n
	}
	if at < len(text) && surnames[text[at]] {
		return 1
	}
	return 0
}

func isSurname(text []rune, at int) bool { return surnameAt(text, at) > 0 }
