/* Classes of weakness of GB/T 30279-2020, chapter 5, as the national database publishes them, and the names people use for them. */
#include "engine/rating/rating.h"

static const WeaknessClass classes[] = {
	{ "code", N_("Code problem"), NULL, 17 },
	{ "resource-management", N_("Resource management error"), "code", 399 },
	{ "input-validation", N_("Input validation error"), "code", 20 },
	{ "buffer", N_("Buffer error"), "input-validation", 119 },
	{ "injection", N_("Injection"), "input-validation", 74 },
	{ "format-string", N_("Format string error"), "injection", 134 },
	{ "cross-site-scripting", N_("Cross-site scripting"), "injection", 79 },
	{ "command-injection", N_("Command injection"), "injection", 77 },
	{ "code-injection", N_("Code injection"), "injection", 94 },
	{ "sql-injection", N_("SQL injection"), "injection", 89 },
	{ "path-traversal", N_("Path traversal"), "input-validation", 22 },
	{ "link-following", N_("Link following"), "input-validation", 59 },
	{ "cross-site-request-forgery", N_("Cross-site request forgery"), "input-validation", 352 },
	{ "numeric", N_("Numeric error"), "code", 189 },
	{ "race-condition", N_("Race condition"), "code", 362 },
	{ "processing-logic", N_("Processing logic error"), "code", 0 },
	{ "cryptography", N_("Cryptographic problem"), "code", 310 },
	{ "authorization", N_("Authorization problem"), "code", 287 },
	{ "trust-management", N_("Trust management problem"), "authorization", 255 },
	{ "access-control", N_("Permission and access control problem"), "authorization", 264 },
	{ "data-conversion", N_("Data conversion problem"), "code", 0 },
	{ "undeclared-function", N_("Undeclared function"), "code", 0 },
	{ "configuration", N_("Configuration error"), NULL, 16 },
	{ "default-configuration", N_("Default configuration problem"), "configuration", 0 },
	{ "environment", N_("Environment problem"), NULL, 0 },
	{ "information-disclosure", N_("Information disclosure"), "environment", 200 },
	{ "log-disclosure", N_("Disclosure in logs"), "information-disclosure", 0 },
	{ "debug-disclosure", N_("Disclosure by debugging information"), "information-disclosure", 0 },
	{ "side-channel-disclosure", N_("Disclosure by a side channel"), "information-disclosure", 0 },
	{ "fault-injection", N_("Fault injection"), "environment", 0 },
	{ "other", N_("Other"), NULL, 0 },
};

static const WeaknessAlias aliases[] = {
	/* Shorter forms of the standard's own names. */
	{ "缓冲区溢出", "buffer" },
	{ "格式化字符串", "format-string" },
	{ "竞争条件", "race-condition" },
	{ "输入验证", "input-validation" },
	{ "信任管理", "trust-management" },
	{ "权限许可和访问控制", "access-control" },
	{ "访问控制错误", "access-control" },
	{ "安全特征问题", "code" },
	{ "未声明问题", "undeclared-function" },
	{ "未充分验证数据可靠性", "input-validation" },
	{ "操作系统命令注入", "command-injection" },
	/* Attack names as in titles of public records. */
	{ "拒绝服务", "resource-management" },
	{ "资源耗尽", "resource-management" },
	{ "释放后重用", "resource-management" },
	{ "内存错误引用", "resource-management" },
	{ "空指针解引用", "code" },
	{ "内存破坏", "buffer" },
	{ "堆缓冲区溢出", "buffer" },
	{ "栈缓冲区溢出", "buffer" },
	{ "溢出", "buffer" },
	{ "越界读取", "buffer" },
	{ "越界写入", "buffer" },
	{ "二进制", "buffer" },
	{ "整数溢出", "numeric" },
	{ "XSS", "cross-site-scripting" },
	{ "存储型跨站脚本", "cross-site-scripting" },
	{ "反射型跨站脚本", "cross-site-scripting" },
	{ "CSRF", "cross-site-request-forgery" },
	{ "命令执行", "command-injection" },
	{ "任意命令执行", "command-injection" },
	{ "任意命令注入", "command-injection" },
	{ "远程命令执行", "command-injection" },
	{ "代码执行", "code-injection" },
	{ "任意代码执行", "code-injection" },
	{ "远程代码执行", "code-injection" },
	{ "任意代码注入", "code-injection" },
	{ "反序列化", "code" },
	{ "任意反序列化", "code" },
	{ "XML外部实体注入", "code" },
	{ "文件上传", "code" },
	{ "任意文件上传", "code" },
	{ "服务器端请求伪造", "code" },
	{ "SSRF", "code" },
	{ "DLL劫持", "code" },
	{ "点击劫持", "code" },
	{ "目录遍历", "path-traversal" },
	{ "任意目录遍历", "path-traversal" },
	{ "文件包含", "path-traversal" },
	{ "任意文件包含", "path-traversal" },
	{ "文件读取", "path-traversal" },
	{ "任意文件读取", "path-traversal" },
	{ "文件下载", "path-traversal" },
	{ "任意文件下载", "path-traversal" },
	{ "开放重定向", "input-validation" },
	{ "URL重定向", "input-validation" },
	{ "权限提升", "access-control" },
	{ "提权", "access-control" },
	{ "权限绕过", "access-control" },
	{ "越权", "access-control" },
	{ "越权访问", "access-control" },
	{ "水平越权", "access-control" },
	{ "垂直越权", "access-control" },
	{ "未授权访问", "access-control" },
	{ "安全绕过", "access-control" },
	{ "身份验证绕过", "authorization" },
	{ "登录绕过", "authorization" },
	{ "任意用户登录", "authorization" },
	{ "任意密码重置", "authorization" },
	{ "验证码绕过", "authorization" },
	{ "弱口令", "trust-management" },
	{ "硬编码", "trust-management" },
	{ "硬编码密钥", "trust-management" },
	{ "默认口令", "trust-management" },
	{ "证书验证", "trust-management" },
	{ "证书校验", "trust-management" },
	{ "中间人攻击", "trust-management" },
	{ "逻辑缺陷", "processing-logic" },
	{ "逻辑设计", "processing-logic" },
	{ "逻辑漏洞", "processing-logic" },
	{ "短信轰炸", "processing-logic" },
	{ "支付漏洞", "processing-logic" },
	{ "敏感信息泄露", "information-disclosure" },
	{ "信息泄漏", "information-disclosure" },
	{ "日志泄露", "log-disclosure" },
	{ "调试信息", "debug-disclosure" },
	{ "未明", "other" },
	/* What is peculiar to mobile apps and mini-programs. */
	{ "组件导出", "access-control" },
	{ "组件暴露", "access-control" },
	{ "意图重定向", "access-control" },
	{ "WebView远程代码执行", "code-injection" },
	{ "WebView跨域", "access-control" },
	{ "明文存储", "cryptography" },
	{ "明文传输", "cryptography" },
	{ "弱加密", "cryptography" },
	{ "应用可调试", "configuration" },
	{ "允许备份", "configuration" },
	{ "未加固", "configuration" },
	{ "AppSecret泄露", "information-disclosure" },
	{ "session_key泄露", "information-disclosure" },
	{ "密钥泄露", "information-disclosure" },
};

/* Weaknesses of present records that are finer than the ones the classes name themselves. */
static const struct {
	int cwe;
	const char *tag;
} finer[] = {
	{ 78, "command-injection" },
	{ 88, "command-injection" },
	{ 80, "cross-site-scripting" },
	{ 95, "code-injection" },
	{ 917, "code-injection" },
	{ 1336, "code-injection" },
	{ 91, "injection" },
	{ 113, "injection" },
	{ 23, "path-traversal" },
	{ 36, "path-traversal" },
	{ 73, "path-traversal" },
	{ 61, "link-following" },
	{ 120, "buffer" },
	{ 121, "buffer" },
	{ 122, "buffer" },
	{ 125, "buffer" },
	{ 126, "buffer" },
	{ 787, "buffer" },
	{ 788, "buffer" },
	{ 129, "input-validation" },
	{ 601, "input-validation" },
	{ 345, "input-validation" },
	{ 190, "numeric" },
	{ 191, "numeric" },
	{ 193, "numeric" },
	{ 369, "numeric" },
	{ 367, "race-condition" },
	{ 400, "resource-management" },
	{ 401, "resource-management" },
	{ 415, "resource-management" },
	{ 416, "resource-management" },
	{ 770, "resource-management" },
	{ 772, "resource-management" },
	{ 254, "code" },
	{ 434, "code" },
	{ 476, "code" },
	{ 502, "code" },
	{ 611, "code" },
	{ 918, "code" },
	{ 426, "code" },
	{ 427, "code" },
	{ 1021, "code" },
	{ 835, "processing-logic" },
	{ 841, "processing-logic" },
	{ 311, "cryptography" },
	{ 312, "cryptography" },
	{ 319, "cryptography" },
	{ 326, "cryptography" },
	{ 327, "cryptography" },
	{ 330, "cryptography" },
	{ 338, "cryptography" },
	{ 259, "trust-management" },
	{ 295, "trust-management" },
	{ 521, "trust-management" },
	{ 522, "trust-management" },
	{ 798, "trust-management" },
	{ 306, "authorization" },
	{ 307, "authorization" },
	{ 384, "authorization" },
	{ 640, "authorization" },
	{ 862, "authorization" },
	{ 863, "authorization" },
	{ 285, "authorization" },
	{ 269, "access-control" },
	{ 276, "access-control" },
	{ 284, "access-control" },
	{ 639, "access-control" },
	{ 732, "access-control" },
	{ 926, "access-control" },
	{ 1188, "default-configuration" },
	{ 704, "data-conversion" },
	{ 843, "data-conversion" },
	{ 912, "undeclared-function" },
	{ 203, "side-channel-disclosure" },
	{ 208, "side-channel-disclosure" },
	{ 209, "debug-disclosure" },
	{ 215, "debug-disclosure" },
	{ 489, "debug-disclosure" },
	{ 532, "log-disclosure" },
	{ 359, "information-disclosure" },
	{ 922, "information-disclosure" },
	{ 1247, "fault-injection" },
};

const WeaknessClass *weakness_classes(size_t *out_count)
{
	*out_count = COUNT(classes);
	return classes;
}

const WeaknessAlias *weakness_aliases(size_t *out_count)
{
	*out_count = COUNT(aliases);
	return aliases;
}

const WeaknessClass *weakness_find(Text tag)
{
	for (size_t i = 0; i < COUNT(classes); i++)
		if (text_is(tag, text_from(classes[i].tag))) return &classes[i];
	return NULL;
}

const WeaknessClass *weakness_of_name(Text name)
{
	for (size_t i = 0; i < COUNT(classes); i++) {
		const WeaknessClass *each = &classes[i];
		if (text_is_nocase(name, text_from(each->tag)) || text_is_nocase(name, text_from(each->text)) ||
			text_is_nocase(name, tr(LANG_ZH, each->text)))
			return each;
	}
	for (size_t i = 0; i < COUNT(aliases); i++)
		if (text_is_nocase(name, text_from(aliases[i].name))) return weakness_find(text_from(aliases[i].tag));
	return NULL;
}

const WeaknessClass *weakness_of_cwe(int cwe)
{
	for (size_t i = 0; cwe > 0 && i < COUNT(classes); i++)
		if (classes[i].cwe == cwe) return &classes[i];
	for (size_t i = 0; i < COUNT(finer); i++)
		if (finer[i].cwe == cwe) return weakness_find(text_from(finer[i].tag));
	return NULL;
}

bool weakness_is_within(const WeaknessClass *weakness, const WeaknessClass *above)
{
	while (weakness && weakness != above) weakness = weakness->parent ? weakness_find(text_from(weakness->parent)) : NULL;
	return weakness == above;
}

/* ---- OWASP MASVS */
const char *weakness_masvs_of_class(Text tag)
{
#define CLASS(class_tag, control) { class_tag, control },
#define CWE(number, control)
	static const char *const rows[][2] = {
#include "engine/rating/masvs.def"
	};
#undef CLASS
#undef CWE
	for (size_t i = 0; i < COUNT(rows); i++)
		if (text_is(tag, text_from(rows[i][0]))) return rows[i][1];
	return NULL;
}

const char *weakness_masvs_of_cwe(int64_t cwe)
{
#define CLASS(class_tag, control)
#define CWE(number, control) { number, control },
	static const struct {
		int cwe;
		const char *control;
	} rows[] = {
#include "engine/rating/masvs.def"
	};
#undef CLASS
#undef CWE
	for (size_t i = 0; i < COUNT(rows); i++)
		if (rows[i].cwe == cwe) return rows[i].control;
	return NULL;
}
