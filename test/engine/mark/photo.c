#include "engine/mark/photo.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
/* after stdio */
#include <jpeglib.h>

enum { DPI = 300, WIDTH = 2480, HEIGHT = 3508, GRAINS = 65536 };
#define PI 3.14159265358979323846

static double random_of(uint64_t *state)
{
	*state += 0x9e3779b97f4a7c15u;
	uint64_t x = *state;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return (double)((x ^ x >> 31) >> 11) / 9007199254740992.0;
}

static double between(uint64_t *state, double low, double high) { return low + (high - low) * random_of(state); }

/* ---- The page */
static void dot(void *context, double x, double y)
{
	cairo_t *cairo = context;
	cairo_arc(cairo, x, y, MARK_DOT_RADIUS_POINTS, 0, 2 * PI);
	cairo_fill(cairo);
}

static void body_text(Buffer *text, uint64_t *state)
{
	static const char *const sentences[] = {
		"经核实，贵单位运营的移动互联网应用存在信息泄露漏洞，攻击者无需登录即可读取其他用户的订单信息。",
		"该漏洞的产生原因是服务端接口未对请求者的身份与所请求的订单归属作校验。",
		"请贵单位于收到本通知之日起五个工作日内反馈处置意见，并于十个工作日内提交修补计划。",
		"受影响版本：6.2.0 至 6.8.3（Android），6.1.0 至 6.8.1（iOS）。",
		"依据《网络产品安全漏洞管理规定》第七条，网络产品提供者应当及时对漏洞进行验证并完成修补。",
		"在修补措施发布之前，任何组织或者个人不得公开漏洞细节情况。",
		"建议：在接口中校验订单编号与当前会话的归属关系，并对异常枚举行为进行限速与告警。",
		"本通知仅供收件单位处置使用，请勿转发、拍照或者以其他方式对外提供。",
		"联系人：漏洞库协调组；电话：010-00000000；受理号见本页上方。",
		"攻击步骤一：使用任意账号登录后抓取订单详情请求；步骤二：将参数 orderId 替换为相邻数值；步骤三：观察返回内容。"
	};
	int paragraphs = 6 + (int)between(state, 0, 8);
	for (int i = 0; i < paragraphs; i++) {
		buffer_put(text, TEXT("　　"));
		for (int count = 2 + (int)between(state, 0, 5); count > 0; count--)
			buffer_put(text, text_from(sentences[(size_t)between(state, 0, COUNT(sentences))]));
		buffer_byte(text, '\n');
	}
}

Sheet photo_print(Arena *arena, uint32_t seed, int64_t copy)
{
	uint64_t state = seed * 77u + 5;
	Buffer text = { .arena = arena };
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, WIDTH, HEIGHT);
	cairo_t *cairo = cairo_create(surface);
	cairo_scale(cairo, DPI / 72.0, DPI / 72.0);
	cairo_set_source_rgba(cairo, 0, 0, 0, MARK_DOT_INK);
	if (copy >= 0) mark_draw_points((uint64_t)copy, WIDTH * 72.0 / DPI, HEIGHT * 72.0 / DPI, dot, cairo);
	cairo_set_source_rgba(cairo, 0, 0, 0, 1);
	PangoLayout *layout = pango_cairo_create_layout(cairo);
	PangoFontDescription *font = pango_font_description_from_string(random_of(&state) < 0.5 ? "Noto Serif CJK SC" : "Noto Sans CJK SC");
	pango_font_description_set_size(font, (int)(between(&state, 10.5, 14) * PANGO_SCALE));
	pango_layout_set_font_description(layout, font);
	pango_layout_set_width(layout, (int)(451 * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_line_spacing(layout, (float)between(&state, 1.2, 1.6));
	body_text(&text, &state);
	pango_layout_set_text(layout, text.at, (int)text.length);
	cairo_move_to(cairo, 72, 60);
	pango_cairo_show_layout(cairo, layout);
	cairo_surface_flush(surface);
	Sheet sheet = { arena_alloc(arena, (size_t)WIDTH * HEIGHT), WIDTH, HEIGHT };
	size_t stride = (size_t)cairo_image_surface_get_stride(surface);
	const unsigned char *drawn = cairo_image_surface_get_data(surface);
	for (size_t y = 0; y < HEIGHT; y++)
		for (size_t x = 0; x < WIDTH; x++)
			sheet.at[y * WIDTH + x] = (unsigned char)(255 - drawn[y * stride + x] * 0.92); /* toner is not black */
	pango_font_description_free(font);
	g_object_unref(layout);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return sheet;
}

/* ---- The camera: from a place in the photograph to a place on the sheet */
typedef struct Camera {
	double h[8];
	size_t width, height;
} Camera;

/* The homography that takes the photograph's corners to these places on the sheet: 8 equations. */
static void camera_solve(Camera *camera, const double to[4][2])
{
	double m[8][9] = { 0 };
	for (int i = 0; i < 4; i++) {
		double x = i % 2 ? (double)camera->width : 0, y = i / 2 ? (double)camera->height : 0;
		double rows[2][9] = { { x, y, 1, 0, 0, 0, -x * to[i][0], -y * to[i][0], to[i][0] },
			{ 0, 0, 0, x, y, 1, -x * to[i][1], -y * to[i][1], to[i][1] } };
		memcpy(m[2 * i], rows, sizeof(rows));
	}
	for (int i = 0; i < 8; i++) {
		int pivot = i;
		for (int k = i; k < 8; k++)
			if (fabs(m[k][i]) > fabs(m[pivot][i])) pivot = k;
		double swap[9];
		memcpy(swap, m[i], sizeof(swap));
		memcpy(m[i], m[pivot], sizeof(swap));
		memcpy(m[pivot], swap, sizeof(swap));
		for (int k = 0; k < 8; k++) {
			if (k == i) continue;
			double factor = m[k][i] / m[i][i];
			for (int j = i; j < 9; j++) m[k][j] -= factor * m[i][j];
		}
	}
	for (int i = 0; i < 8; i++) camera->h[i] = m[i][8] / m[i][i];
}

/* Half a sheet (a random rectangle of half its length), seen from the side, turned. */
static Camera camera_aim(const Sheet *sheet, uint64_t *state)
{
	double width = (double)sheet->width * between(state, 0.92, 1), height = (double)sheet->height * 0.5;
	double left = between(state, 0, (double)sheet->width - width), top = between(state, 0, (double)sheet->height - height);
	double pixels = between(state, 1.5e6, 4e6), angle = between(state, -8, 8) * PI / 180;
	int turns = (int)between(state, 0, 4);
	double long_side = sqrt(pixels * width / height), short_side = pixels / long_side;
	Camera camera = { .width = (size_t)(turns % 2 ? short_side : long_side), .height = (size_t)(turns % 2 ? long_side : short_side) };
	static const double corners[4][2] = { { -0.5, -0.5 }, { 0.5, -0.5 }, { -0.5, 0.5 }, { 0.5, 0.5 } };
	double to[4][2];
	for (int i = 0; i < 4; i++) {
		double x = corners[i][0], y = corners[i][1];
		for (int k = 0; k < turns; k++) {
			double other = x;
			x = -y;
			y = other;
		}
		x *= width * between(state, 0.92, 1.08);
		y *= height * between(state, 0.92, 1.08);
		to[i][0] = left + width / 2 + x * cos(angle) - y * sin(angle);
		to[i][1] = top + height / 2 + x * sin(angle) + y * cos(angle);
	}
	camera_solve(&camera, to);
	return camera;
}

/* The mean of what a pixel covers, about: a few points of it. Outside the sheet is a table. */
static float see(const Sheet *sheet, double x, double y, double reach)
{
	double sum = 0;
	for (int i = 0; i < 4; i++) {
		double px = x + (i % 2 ? reach : -reach), py = y + (i / 2 ? reach : -reach);
		if (px < 0 || py < 0 || px >= (double)sheet->width - 1 || py >= (double)sheet->height - 1) {
			sum += 110;
			continue;
		}
		size_t left = (size_t)px, top = (size_t)py;
		const unsigned char *at = sheet->at + top * sheet->width + left;
		double across = px - (double)left, down = py - (double)top;
		sum += (at[0] * (1 - across) + at[1] * across) * (1 - down) +
		       (at[sheet->width] * (1 - across) + at[sheet->width + 1] * across) * down;
	}
	return (float)(sum / 4);
}

static void blur_axis(float *at, size_t count, size_t step, const float kernel[7], float *copy)
{
	for (size_t i = 0; i < count; i++) copy[i] = at[i * step];
	for (size_t i = 3; i + 3 < count; i++) {
		float sum = 0;
		for (size_t k = 0; k < 7; k++) sum += kernel[k] * copy[i + k - 3];
		at[i * step] = sum;
	}
}

static void blur(Arena *arena, float *at, const Camera *camera, double sigma)
{
	float kernel[7], total = 0, *copy = arena_array_of(arena, float, camera->width + camera->height);
	for (int i = 0; i < 7; i++) total += kernel[i] = (float)exp(-(i - 3) * (i - 3) / (2 * sigma * sigma));
	for (int i = 0; i < 7; i++) kernel[i] /= total;
	for (size_t y = 0; y < camera->height; y++) blur_axis(at + y * camera->width, camera->width, 1, kernel, copy);
	for (size_t x = 0; x < camera->width; x++) blur_axis(at + x, camera->height, camera->width, kernel, copy);
}

/* ---- The file */
static Text jpeg_of(Arena *arena, const unsigned char *grey, const Camera *camera, int quality)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *out = NULL;
	unsigned long length = 0;
	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &out, &length);
	jpeg.image_width = (JDIMENSION)camera->width;
	jpeg.image_height = (JDIMENSION)camera->height;
	jpeg.input_components = 1;
	jpeg.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, quality, TRUE);
	jpeg_start_compress(&jpeg, TRUE);
	unsigned char *line = arena_alloc(arena, camera->width);
	while (jpeg.next_scanline < jpeg.image_height) {
		memcpy(line, grey + jpeg.next_scanline * camera->width, camera->width);
		jpeg_write_scanlines(&jpeg, &line, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	Text copy = arena_copy(arena, (Text) { (const char *)out, length });
	free(out);
	return copy;
}

static void jpeg_back(Text file, unsigned char *grey, const Camera *camera)
{
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_decompress(&jpeg);
	jpeg_mem_src(&jpeg, (const unsigned char *)file.at, file.length);
	jpeg_read_header(&jpeg, TRUE);
	jpeg_start_decompress(&jpeg);
	while (jpeg.output_scanline < jpeg.output_height) {
		unsigned char *line = grey + jpeg.output_scanline * camera->width;
		jpeg_read_scanlines(&jpeg, &line, 1);
	}
	jpeg_finish_decompress(&jpeg);
	jpeg_destroy_decompress(&jpeg);
}

Photo photo_take(Arena *arena, const Sheet *sheet, uint32_t seed)
{
	uint64_t state = seed * 1000003u + 17;
	Camera camera = camera_aim(sheet, &state);
	size_t width = camera.width, height = camera.height;
	double zoom = (double)sheet->width / (double)(width > height ? width : height), reach = zoom / 4;
	float *seen = arena_array_of(arena, float, width *height);
	for (size_t y = 0; y < height; y++)
		for (size_t x = 0; x < width; x++) {
			double px = (double)x, py = (double)y, w = camera.h[6] * px + camera.h[7] * py + 1;
			seen[y * width + x] = see(sheet, (camera.h[0] * px + camera.h[1] * py + camera.h[2]) / w,
				(camera.h[3] * px + camera.h[4] * py + camera.h[5]) / w, reach);
		}
	blur(arena, seen, &camera, between(&state, 0.6, 1.3));
	double light = between(&state, 0.7, 0.95), slope_x = between(&state, -0.3, 0.3), slope_y = between(&state, -0.3, 0.3),
	       noise = between(&state, 2, 5);
	unsigned char *grey = arena_alloc(arena, width * height);
	double *grains = arena_array_of(arena, double, GRAINS); /* nearly normal, of deviation 1 */
	for (size_t i = 0; i < GRAINS; i++)
		grains[i] = (random_of(&state) + random_of(&state) + random_of(&state) + random_of(&state) - 2) * 1.73;
	for (size_t y = 0; y < height; y++)
		for (size_t x = 0; x < width; x++) {
			double shade =
				light * (1 + slope_x * ((double)x / (double)width - 0.5) + slope_y * ((double)y / (double)height - 0.5));
			double grain = noise * grains[(size_t)(random_of(&state) * GRAINS)];
			double value = (double)seen[y * width + x] * shade + grain;
			grey[y * width + x] = (unsigned char)fmax(0, fmin(255, value));
		}
	Text jpeg = jpeg_of(arena, grey, &camera, (int)between(&state, 60, 85.99));
	jpeg_back(jpeg, grey, &camera);
	return (Photo) { grey, width, height, jpeg };
}
