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
		"archive":       say("把每次写入另存到这个文件夹（最好在另一块盘上），以后可以恢复到任何一秒：luoshi restore --at。"),
		"archive_days":  say("另存的留多少天。"),
		"restore_at":    say("从 serve --archive 的文件夹恢复到这一刻，例如 \"2026-11-24 12:00:00\"。"),
		"backup":        say("备份一个城市，不用停下来；备份好了当场核对。"),
		"restore":       say("从备份和钥匙恢复一个城市，恢复好了再核对一遍。"),
		"backup_folder": say("备份的文件夹。"),
		"data_empty":    say("要恢复到的数据文件夹，里面还没有城市。"),
		"keys_folder":   say("钥匙的备份，luoshi keys backup 写的。"),
		"migrate":       say("把记录升级到这个版本的结构；每次启动也会自己做。"),
		"copy":          say("把一个城市搬到另一个数据库，到了再核对一遍。"),
		"copy_from":     say("从哪里：数据文件夹，或者 postgres://… 。"),
		"copy_to":       say("到哪里：空的数据文件夹，或者 postgres://… 。"),
		"copy_data":     say("从 PostgreSQL 搬出来时，城市的文件和钥匙在哪个文件夹。"),
		"keys":          say("城市的钥匙：和平常的备份分开存。"),
		"keys_backup":   say("把钥匙和抹去的名单备份到一个新文件夹。"),
		"keys_restore":  say("把备份的钥匙放回来，先试试是不是这个城市的。"),
		"keys_copy":     say("钥匙的备份，luoshi keys backup 写的文件夹。"),
		"plan":          say("方案文档。"),
		"parse":         say("读一份方案，打印它承诺了什么。"),
		"lint":          say("看一份方案草稿哪里没说清，告诉起草的人改什么。"),
		"diff":          say("比较一份方案的两个版本，逐条说清改了什么。"),
		"draft":         say("方案草稿。"),
		"old_version":   say("旧的版本。"),
		"new_version":   say("新的版本。"),
		"data":          say("城市的数据文件夹。"),
		"database":      say("PostgreSQL 的地址 postgres://…，记录放在那里；不写就放在数据文件夹里。"),
		"which_city":    say("数据库里有几个城市时，说清是哪一个。"),
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
		"file":          say("方案文档，或者一个文件夹。"),
		"json":          say("打印成 JSON。"),
		"parse_xlsx":    say("把任务分解表写成这个 Excel 文件。"),
		"parse_docx":    say("把任务分解表写成这个 Word 文件。"),
		"parse_ics":     say("把期限和阶段写成这个日历文件。"),
		"parse_join":    say("写了两遍的指标只算一次。"),
		"parse_out":     say("读一个文件夹时，每份文档的 JSON 写到这里。"),
		"parse_columns": say("任务表的列怎么读，从左到右：序号,任务,措施,目标,牵头,配合,责任单位,责任人,时限,类别，- 不读；几张表用 ; 隔开。不写就看表头。"),
		"bench":         say("压测一个开着的服务器，看它每秒答得了多少，打印成 JSON。"),
		"bench_url":     say("服务器的地址；两边分开时是办公一边的。"),
		"bench_public":  say("公众一边的地址，不写就和办公一边一样。"),
		"login_name":    say("登录用的账号名；这个账号要能做方案入库。"),
		"password_file": say("写着密码的文件。"),
		"writers":       say("同时写的有几个，1 到 256 个。"),
		"readers":       say("同时读公开页面的有几个，0 到 256 个。"),
		"seconds":       say("一共几秒，最多 600 秒；其中五分之一（最多 5 秒）只有一个人写，用来比较。"),
		"not_a_sample":  say("不是示例城市也测。"),
	}
}

func example(line string) string { return text.Say(language(), "例如：") + "\n\n  " + line }
