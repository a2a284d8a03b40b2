package document

import "strings"

// units are the measure words of plans. A number without one is no quantity.
// What begins as another does is found by its length: 个工作日 before 个.
var units = unitTable(`
个 个月 个工作日 个百分点 个小时 个自然日 家 名 人 人次 人日 户 户次 位 场 场次 册 册次 本 篇 份 部 卷 幅 首
艘 辆 台 套 架 列 张 所 座 栋 幢 间 处 片 块 条 支 项 件 宗 起 例 次 期 届 轮 批 批次 门 类 种 班 组 对 队 只 头 株 棵 匹 羽 尾
款 枚 面 盏 口 眼 根 段 道 桩 车次 班次 趟 站 馆 室 团 排 节 课时 学时 学分 院 店 厂 村 镇 县 校 园 品 席 床 桌 句 版 档 盘 盒
元 万元 亿元 美元 万美元 亿美元 欧元 日元 港元
% ‰ 个点 倍 成
米 千米 公里 里 厘米 毫米 微米 海里 车公里 平方米 平方公里 平方千米 立方米 亩 公顷 平米
吨 公斤 千克 克 毫克 微克 斤 升 毫升 吨标准煤 标准箱 标箱 标准台 箱 桶 瓶 袋 度 千瓦 千瓦时 兆瓦 兆瓦时 吉瓦 千伏 千伏安 兆 赫兹 摄氏度 ℃ ㎡ 
天 日 工作日 周 年 小时 分钟 秒 秒钟 刻钟 岁 周岁 度电 立方 床位 人份 剂 剂次 把 副 扇 笔 封 遍 核 路 帖 顶 具 尊 艇 例次 件套 台套 台次 户次 家次 讲 集 课 头次 泊位 车位 学位 席位 点位 辆次 架次 艘次 人天 工日 页 字 步 层 级 分`)

// longestUnit is the length of the longest measure word in runes.
const longestUnit = 4

func unitTable(words string) map[string]bool {
	table := map[string]bool{}
	for _, w := range strings.Fields(words) {
		table[w] = true
	}
	return table
}

// latinUnits are units written in letters; they end where the letters end.
var latinUnits = unitTable("m km cm mm kg g t kW MW GW kV kVA kWh MWh m2 m3 km2 ha Mbps Gbps TB GB PB μg mg dB tce")

// wordsLikeUnits begin as measure words do and count nothing: 110处置, 863项目.
var wordsLikeUnits = []string{"处置", "处理", "处罚", "项目", "部门", "部署", "部分", "场所", "场馆", "条件", "条例", "期间", "期限", "批准", "批复", "种植", "种子", "种养", "班子", "道路", "家庭", "家长", "人员", "人才", "人民", "次序", "口径"}

// beginsWord reports that a word stands at i and no measure word; 6项目标 counts 项.
func beginsWord(r []rune, i int) bool {
	return firstOf(r, i, wordsLikeUnits...) > 0 && !hasPrefix(r, i, "项目标")
}

// unitAt gives the length of the measure word that stands at i, or 0.
func unitAt(r []rune, i int) int {
	for n := longestUnit; n > 0; n-- {
		if i+n <= len(r) && units[string(r[i:i+n])] {
			if n == 1 && beginsWord(r, i) {
				return 0
			}
			return n
		}
	}
	n := 0
	for isLatin(at(r, i+n)) || n > 0 && isDigit(at(r, i+n)) {
		n++
	}
	if n > 0 && n < 6 && latinUnits[string(r[i:i+n])] {
		return n
	}
	return 0
}
