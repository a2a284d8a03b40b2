package sample

import "fmt"

// Signs of which the names of invented people are made.
var (
	surnames = []rune("王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚")
	given    = []rune("建国志明海燕春梅丽华秀英德胜文斌晓东小红国强玉兰永康伟平美芳立新根生水金月娥宏伟少华阿宝仁杰素珍培良")
)

// personName is the name of the n-th of many people; no two are alike up to 50,000.
func personName(n int) string {
	a, b, c := n%len(surnames), (n/len(surnames)+n*3)%len(given), (n*7+n/91)%len(given)
	return string([]rune{surnames[a], given[b], given[c]})
}

// learner is how a list names somebody who was trained: by name and the end of a telephone number.
func learner(n int) string { return fmt.Sprintf("%s %04d", personName(n), 1000+n) }

// boatNumber is what stands on the bow of a boat.
func boatNumber(n int) string { return fmt.Sprintf("安渔 %05d", 10203+n*7) }

var (
	titles  = []string{"集结号", "建国大业", "唐山大地震", "狄仁杰之通天帝国", "叶问", "画皮", "大武生", "老寨", "走路上学", "雪花秘扇", "湘江北去", "飞天", "辛亥革命", "金陵十三钗", "钱学森", "郭明义", "许海峰的枪", "失恋33天"}
	troupes = []string{"市越剧团", "市乱弹剧团", "市歌舞团", "望潮越剧团", "松岭越剧一团", "松岭越剧二团", "金汀民间艺术团", "岱屿渔鼓队", "鹿鸣高腔剧团", "云溪木偶剧团", "澄湖曲艺队", "南屿青年剧团"}
	plays   = []string{"五女拜寿", "碧玉簪", "何文秀", "梁祝", "双阳公主", "九斤姑娘", "狸猫换太子", "打金枝", "沙家浜", "小戏小品专场"}
)
