package main

import (
	"luoshi/internal/text"

	"github.com/alecthomas/kong"
)

// help is what --help says about commands and flags, in the reader's language.
// The tags of the commands name these words.
func help(lang text.Lang) kong.Vars {
	say := func(key string) string { return text.Say(lang, key) }
	return kong.Vars{
		"init":          say("在空文件夹里建一个城市，打印管理员的一次性链接。"),
		"serve":         say("打开一个城市的页面。"),
		"sample":        say("用示例方案做出示例城市。"),
		"export":        say("把全部内容或公开的内容导出到一个文件夹，谁都能核对。"),
		"verify":        say("核对一个导出的文件夹。"),
		"plan":          say("方案文档。"),
		"parse":         say("读一份方案，打印它承诺了什么。"),
		"data":          say("城市的数据文件夹。"),
		"data_new":      say("数据文件夹，没有就新建。"),
		"data_absent":   say("要新建的数据文件夹，不能已经有。"),
		"city":          say("城市名称，例如 安澜市。"),
		"bureau":        say("主办单位，例如 安澜市文化广电新闻出版局；不写就用城市名称。"),
		"phone":         say("主办单位的电话，写在每一页下面；以后也能在页面上改。"),
		"address":       say("主办单位的地址。"),
		"unit":          say("管理员所在的科室。"),
		"post":          say("管理员的岗位。"),
		"person":        say("管理员的姓名。"),
		"link_listen":   say("链接里写的地址，要和 serve 的一样。"),
		"listen":        say("两边页面的地址。"),
		"public_listen": say("公众一边单独的地址，在那里打不开办公的页面。"),
		"office_listen": say("办公一边单独的地址。"),
		"tls_cert":      say("证书（PEM，带上链）；有了它，页面都走 HTTPS。只在启动时读。"),
		"tls_key":       say("证书的私钥（PEM）。"),
		"trusted_proxy": say("前面代理的地址或网段，信它的 X-Forwarded-For 和 X-Forwarded-Proto，可以写几个。有代理就要写，不然所有人看起来都从一个地址登录，共用一份次数。"),
		"date":          say("示例活在哪一天。"),
		"run_clock":     say("让示例的时间往前走，不停在那一天。"),
		"out":           say("要写的文件夹，不能已经有。"),
		"public":        say("只导出谁都可以看的。"),
		"folder":        say("导出的文件夹。"),
		"key":           say("公钥文件，从别处存下来的。"),
		"checkpoint":    say("早先存下来的签名检查点。"),
		"file":          say("方案文档（文本），或者一个文件夹。"),
		"json":          say("打印成 JSON。"),
		"parse_out":     say("读一个文件夹时，每份文档的 JSON 写到这里。"),
	}
}

func example(line string) string { return text.Say(language(), "例如：") + "\n\n  " + line }
