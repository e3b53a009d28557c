#include "app/demo_batch.h"

#include "base/base/clock.h"
#include "face/doc/zip.h"
#include "subject/batch/batch.h"

#include <sys/mman.h>
#include <unistd.h>

#define DAY_MS ((int64_t)86400000)

/* Invented, like everything here. */
static const char sent[] =
	"kind,owner,original,disclosed,part,package,product,versions,attack,class,title,description,steps,impact,credit,sent_to,files\n"
	"generic,others,original,no,android,com.example.yunzhou,云舟记账,< 4.6.0,exported-component,,"
	"云舟记账导出组件可读取账目备份,导出的 BackupProvider 未校验调用者权限，任意应用可读取账目备份。,\"1. 安装云舟记账 4.5.2\n2. "
	"由另一应用查询 content://com.example.yunzhou.backup/last\n3. "
	"返回全部账目\",本机任意应用可读取用户账目。,handle,only,证据/provider.txt\n"
	"generic,others,original,no,android,com.example.yunzhou,云舟记账,< 4.6.0,clear-transport,,"
	"云舟记账同步接口明文传输,同步接口使用 HTTP，账目与令牌均为明文。,\"1. 与手机接入同一网络\n2. 抓取同步请求\n3. "
	"读到令牌\",同一网络中的人可冒用账号。,handle,only,证据/capture.txt\n"
	"generic,others,original,no,ios,com.example.lvyin,绿荫跑步,\"2.0 – 2.3\",broken-access,,"
	"绿荫跑步轨迹接口越权,修改 runId 即可读取他人轨迹。,\"1. 登录账号甲\n2. 请求账号乙的 runId\n3. "
	"返回轨迹\",可获知他人住址与作息。,handle,only,\n";
static const char preview[] =
	"kind,owner,original,disclosed,part,package,product,versions,operator,attack,title,description,steps,impact,credit,cvss,颜色\n"
	"generic,others,original,no,android,com.example.qingyu,晴雨闹钟,< 1.9,,log-disclosure,晴雨闹钟日志泄露令牌,"
	"登录后令牌被写入日志。,\"1. 登录\n2. 查看日志\",持有手机的人可取得令牌。,handle,,蓝\n"
	"generic,others,original,no,android,com.example.qingyu,晴雨闹钟,< 1.9,,deep-link,晴雨闹钟深链接可打开任意网页,"
	"example-qingyu://open 未校验地址。,\"1. 打开构造的链接\n2. 应用内加载任意网页\",可在应用内展示钓鱼页面。,handle,,红\n"
	"incident,others,original,no,server,,山行优选,,,weak-password,山行优选管理后台弱口令,管理后台存在弱口令。,1. "
	"打开登录页,可管理全部订单，如收货人 13800138000 的订单。,handle,,绿\n"
	"通用型,others,original,no,小程序,wx0example,知味点餐,全部版本,,sql-injection,知味点餐查询接口存在SQL注入,"
	"keyword 参数未过滤。,\"1. 在搜索框输入单引号\n2. 返回数据库错误\",可读取全部订单。,handle,CVSS:3.1/AV:N,黄\n"
	"generic,others,original,no,android,com.example.zhiwei,知味点餐,< 3.1,,hard-coded-key,知味点餐内置云密钥,"
	"安装包内含云存储密钥。,\"1. 反编译\n2. 在 BuildConfig 中取得密钥\",可读写全部图片。,handle,,白\n";

static Error begin(Call *call, const char *name, Text bytes, Text *out_ref)
{
	bool repeated = false;
	int file = memfd_create("demo", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (file < 0) return fail(call, IO, "a file of the demonstration");
	bool is_written = write(file, bytes.at, bytes.length) == (ssize_t)bytes.length && lseek(file, 0, SEEK_SET) == 0;
	const BatchNew new = { .file = { text_from(name), file, (int64_t)bytes.length }, .is_confirmed = true };
	Error error = is_written ? batch_new(call, &new, out_ref, &repeated) : fail(call, IO, "a file of the demonstration");
	close(file);
	return error;
}

/* The job is there too: it will find nothing left. */
static Error send(Call *call, Text ref)
{
	const Job job = { .payload = ref };
	TRY(batch_act(call, ref, TEXT("send"), 0));
	call->actor = &actor_system;
	return batch_send_job.run(call, &job);
}

Error demo_batches(Call *call, const Actor *unit)
{
	Text ref = { 0 }, archive;
	const ZipEntry entries[] = { { TEXT("manifest.csv"), text_from(sent) },
		{ TEXT("证据/provider.txt"), TEXT("Row: 0 id=1, title=房租, amount=3200\nRow: 1 id=2, title=工资, amount=9800\n") },
		{ TEXT("证据/capture.txt"),
			TEXT("POST /sync HTTP/1.1\nHost: api.example.cn\nX-Token: （已隐去）\n\n{\"entries\":[…]}\n") } };
	call->now = clock_wall() - 2 * DAY_MS;
	call->actor = unit;
	TRY(zip_pack(call, entries, COUNT(entries), call->now, &archive));
	TRY(begin(call, "2026年第四季度批量报送.zip", archive, &ref));
	TRY(send(call, ref));
	call->now = clock_wall();
	call->actor = unit;
	return begin(call, "晴雨闹钟与知味点餐.csv", text_from(preview), &ref);
}
